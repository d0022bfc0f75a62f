/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.ServerRole;
import io.caracal.engine.operator.codec.ServerStatusDecoder;
import io.caracal.engine.zab.election.Obstacle;
import org.agrona.DirectBuffer;

/**
 * A copy of the engine's status, in the words of ZooKeeper's tools.
 *
 * @param isServing          whether clients are answered.
 * @param mode               leader, follower, observer, standalone or looking.
 * @param zxid               last one applied.
 * @param znodes             as ZooKeeper counts them.
 * @param ephemerals         znodes that end with a session.
 * @param watches            of all kinds.
 * @param dataSize           bytes, as ZooKeeper estimates them.
 * @param sessions           known.
 * @param outstanding        requests of clients under way.
 * @param acceptedEpoch      highest epoch promised.
 * @param currentEpoch       established epoch.
 * @param leader             server id, -1 while there is none.
 * @param leadingForMs       on a leader, since its epoch was established.
 * @param learners           on a leader, attached.
 * @param syncedFollowers    on a leader, followers that serve.
 * @param syncedObservers    on a leader, observers that serve.
 * @param syncedNonVoting    on a leader, followers that serve and do not count yet.
 * @param pendingSyncs       on a leader, syncs of clients that wait for a quorum.
 * @param syncing            on a leader, learners that are not in sync yet.
 * @param isWritesRefused    whether the disk has no room.
 * @param quorumLacksRoom    whether no quorum has room, as the leader says.
 * @param obstacle           why no leader is found.
 * @param hinderer           a server that is an example of it, -1 while there is none.
 * @param lastSnapshotZxid   -1 when there is none.
 * @param lastSnapshotTimeMs wall clock, -1 when there is none.
 * @param nativeBytes        native memory of the engine.
 */
public record ServerStatus(boolean isServing, String mode, long zxid, long znodes, long ephemerals, long watches,
    long dataSize, long sessions, long outstanding, long acceptedEpoch, long currentEpoch, long leader,
    long leadingForMs, int learners, int syncedFollowers, int syncedObservers, int syncedNonVoting, int pendingSyncs,
    Syncing syncing, boolean isWritesRefused, boolean quorumLacksRoom, Obstacle obstacle, long hinderer,
    long lastSnapshotZxid, long lastSnapshotTimeMs, long nativeBytes)
{
    /**
     * Synchronizations under way.
     *
     * @param learners attached and not in sync yet.
     * @param sent     messages of history or snapshots that they were sent.
     * @param progress steps that they say they have made since they attached.
     */
    public record Syncing(int learners, long sent, long progress)
    {
    }

    /**
     * Copies the engine's record.
     *
     * @param buffer holds it behind its header.
     * @param offset of the header.
     * @return the copy.
     */
    public static ServerStatus of(final DirectBuffer buffer, final int offset)
    {
        final ServerStatusDecoder record = new ServerStatusDecoder().wrapAndApplyHeader(buffer, offset,
            new MessageHeaderDecoder());
        return new ServerStatus(record.serving() == BooleanType.T, mode(record.role()), record.lastAppliedZxid(),
            record.znodeCount(), record.ephemeralCount(), record.watchCount(), record.approximateDataSize(),
            record.sessionCount(), record.outstandingRequests(), record.acceptedEpoch(), record.currentEpoch(), record
                .leader(), record.leadingForMs(), record.learners(), record.syncedFollowers(), record
                    .syncedObservers(), record.syncedNonVoting(), record.pendingSyncs(),
            new Syncing(record.syncingLearners(), record.syncSent(), record.syncProgress()),
            record.writesRefused() == BooleanType.T, record.quorumLacksRoom() == BooleanType.T, Obstacle
                .of(record.obstacle()), record.hinderer(), record.lastSnapshotZxid(), record.lastSnapshotTimeMs(),
            record
                .nativeBytes());
    }

    /**
     * The only voter of an ensemble is a leader, though it decides alone.
     *
     * @return the same, with that mode.
     */
    public ServerStatus inEnsemble()
    {
        return "standalone".equals(mode) ? new ServerStatus(isServing, "leader", zxid, znodes, ephemerals, watches,
            dataSize, sessions, outstanding, acceptedEpoch, currentEpoch, leader, leadingForMs, learners,
            syncedFollowers, syncedObservers, syncedNonVoting, pendingSyncs, syncing, isWritesRefused, quorumLacksRoom,
            obstacle, hinderer, lastSnapshotZxid, lastSnapshotTimeMs, nativeBytes) : this;
    }

    /**
     * Why no leader is found.
     *
     * @return a sentence with the id of a server, empty while nothing is known to stand in the way.
     */
    public String standstill()
    {
        return obstacle == Obstacle.NONE ? "" : obstacle.text() + " (server " + hinderer + ")";
    }

    /**
     * Whether another server leads.
     *
     * @return true for followers and observers.
     */
    public boolean isLearner()
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
