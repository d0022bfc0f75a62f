/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.RestoreRecordDecoder;
import io.caracal.engine.operator.codec.RestoreState;
import io.caracal.engine.txn.codec.RestoreEnding;
import org.agrona.DirectBuffer;

/**
 * How far a restore is, by what this server has applied.
 *
 * @param isTaken   whether the step that was asked for is on its way.
 * @param state     of the one that is open.
 * @param id        of it, 0 when none is.
 * @param server    that was sent its snapshot.
 * @param beginZxid of the transaction that began it.
 * @param nextPart  parts that are applied.
 * @param endedId   the last one that ended in this process, 0 for none.
 * @param endedZxid of the transaction that ended it.
 * @param ending    how it ended.
 * @param lacksRoom whether no quorum has room on its disks, so that no step is taken.
 */
record RestoreStatus(boolean isTaken, RestoreState state, long id, long server, long beginZxid, long nextPart,
    long endedId, long endedZxid, RestoreEnding ending, boolean lacksRoom)
{
    static RestoreStatus of(final DirectBuffer buffer, final int offset)
    {
        final RestoreRecordDecoder record = new RestoreRecordDecoder().wrapAndApplyHeader(buffer, offset,
            new MessageHeaderDecoder());

        return new RestoreStatus(record.taken() == BooleanType.T, record.state(), record.restoreId(), record.server(),
            record.beginZxid(), record.nextPart(), record.endedId(), record.endedZxid(), RestoreEnding.get(record
                .ending()), record.quorumLacksRoom() == BooleanType.T);
    }
}
