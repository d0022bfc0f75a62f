/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.RestoreRecordDecoder;
import io.caracal.engine.operator.codec.RestoreState;
import io.caracal.engine.txn.codec.RestoreEnding;
import org.agrona.DirectBuffer;

/**
 * Progress of a restore, by what this server has applied.
 *
 * @param isTaken   whether the requested step is under way.
 * @param state     of the open restore.
 * @param id        of the open restore, 0 when there is none.
 * @param server    to which the snapshot was sent.
 * @param beginZxid zxid of the transaction that began the restore.
 * @param nextPart  number of parts that are applied.
 * @param endedId   id of the last restore that ended in this process, 0 for none.
 * @param endedZxid zxid of the transaction that ended it.
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
            record.beginZxid(), record.nextPart(), record.endedId(), record.endedZxid(),
            RestoreEnding.get(record.ending()), record.quorumLacksRoom() == BooleanType.T);
    }
}
