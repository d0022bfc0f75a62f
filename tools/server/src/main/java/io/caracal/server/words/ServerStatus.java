/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.ServerRole;
import io.caracal.engine.operator.codec.ServerStatusDecoder;
import org.agrona.DirectBuffer;

/** A copy of the engine's status, in the words of ZooKeeper's tools. */
record ServerStatus(boolean isServing, String mode, long zxid, long znodes, long ephemerals, long watches,
    long dataSize, long sessions, long outstanding, long acceptedEpoch, long currentEpoch, long leader,
    long leadingForMs, int learners, int syncedFollowers, int syncedObservers,
    int syncedNonVoting, int pendingSyncs)
{
    static ServerStatus of(final DirectBuffer buffer, final int offset)
    {
        final ServerStatusDecoder record = new ServerStatusDecoder().wrapAndApplyHeader(buffer, offset,
            new MessageHeaderDecoder());
        return new ServerStatus(record.serving() == BooleanType.T, mode(record.role()), record.lastAppliedZxid(),
            record.znodeCount(), record.ephemeralCount(), record.watchCount(), record.approximateDataSize(),
            record.sessionCount(), record.outstandingRequests(), record.acceptedEpoch(), record.currentEpoch(), record
                .leader(), record.leadingForMs(), record.learners(), record.syncedFollowers(), record
                    .syncedObservers(), record.syncedNonVoting(), record.pendingSyncs());
    }

    /** The only voter of an ensemble is a leader, though it decides alone. */
    ServerStatus inEnsemble()
    {
        return "standalone".equals(mode) ? new ServerStatus(isServing, "leader", zxid, znodes, ephemerals, watches,
            dataSize, sessions, outstanding, acceptedEpoch, currentEpoch, leader, leadingForMs, learners,
            syncedFollowers,
            syncedObservers, syncedNonVoting, pendingSyncs) : this;
    }

    /** Whether another server leads. */
    boolean isLearner()
    {
        return "follower".equals(mode) || "observer".equals(mode);
    }

    private static String mode(final ServerRole role)
    {
        return switch (role)
        {
            case LEADING -> "leader";
            case FOLLOWING -> "follower";
            case OBSERVING -> "observer";
            case STANDALONE -> "standalone";
            case LOOKING, NULL_VAL -> "looking";
        };
    }
}
