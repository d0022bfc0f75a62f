/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.ServerRole;
import io.caracal.engine.operator.codec.ServerStatusDecoder;
import io.caracal.engine.zab.election.Obstacle;
import org.agrona.DirectBuffer;

/**
 * A copy of the engine's status, in the terms of ZooKeeper's tools.
 *
 * @param isServing          whether clients are served.
 * @param mode               leader, follower, observer, standalone or looking.
 * @param zxid               last applied zxid.
 * @param znodes             number of znodes as ZooKeeper counts them.
 * @param ephemerals         number of ephemeral znodes.
 * @param watches            number of watches of all kinds.
 * @param dataSize           size of the data in bytes, as ZooKeeper estimates it.
 * @param sessions           number of known sessions.
 * @param outstanding        number of client requests in flight.
 * @param acceptedEpoch      highest epoch promised.
 * @param currentEpoch       established epoch.
 * @param leader             server id of the leader, -1 while there is none.
 * @param leadingForMs       on a leader, time since its epoch was established.
 * @param learners           on a leader, number of attached learners.
 * @param syncedFollowers    on a leader, number of followers that serve.
 * @param syncedObservers    on a leader, number of observers that serve.
 * @param syncedNonVoting    on a leader, number of followers that serve but have no vote yet.
 * @param pendingSyncs       on a leader, number of client syncs that wait for a quorum.
 * @param syncing            on a leader, the learners that are not in sync yet.
 * @param isWritesRefused    whether writes are refused because the disk has no room.
 * @param quorumLacksRoom    whether no quorum has room on its disks, according to the leader.
 * @param obstacle           why no leader is found.
 * @param hinderer           a server for which the obstacle holds, -1 while there is none.
 * @param lastSnapshotZxid   zxid of the last snapshot, -1 when there is none.
 * @param lastSnapshotTimeMs wall-clock time of the last snapshot, -1 when there is none.
 * @param nativeBytes        native memory of the engine in bytes.
 */
public record ServerStatus(boolean isServing, String mode, long zxid, long znodes, long ephemerals, long watches,
    long dataSize, long sessions, long outstanding, long acceptedEpoch, long currentEpoch, long leader,
    long leadingForMs, int learners, int syncedFollowers, int syncedObservers, int syncedNonVoting, int pendingSyncs,
    Syncing syncing, boolean isWritesRefused, boolean quorumLacksRoom, Obstacle obstacle, long hinderer,
    long lastSnapshotZxid, long lastSnapshotTimeMs, long nativeBytes)
{
    /**
     * Synchronizations in progress.
     *
     * @param learners number of learners that are attached but not in sync yet.
     * @param sent     messages of history or snapshots sent to them.
     * @param progress steps that they report to have made since they attached.
     */
    public record Syncing(int learners, long sent, long progress)
    {
    }

    /**
     * Copies the engine's record.
     *
     * @param buffer holds the record, preceded by its header.
     * @param offset of the header.
     * @return the copy.
     */
    public static ServerStatus of(final DirectBuffer buffer, final int offset)
    {
        final ServerStatusDecoder record = new ServerStatusDecoder().wrapAndApplyHeader(buffer, offset,
            new MessageHeaderDecoder());
        return new ServerStatus(record.serving() == BooleanType.T, mode(record.role()), record.lastAppliedZxid(),
            record.znodeCount(), record.ephemeralCount(), record.watchCount(), record.approximateDataSize(),
            record.sessionCount(), record.outstandingRequests(), record.acceptedEpoch(), record.currentEpoch(),
            record.leader(), record.leadingForMs(), record.learners(), record.syncedFollowers(),
            record.syncedObservers(), record.syncedNonVoting(), record.pendingSyncs(),
            new Syncing(record.syncingLearners(), record.syncSent(), record.syncProgress()),
            record.writesRefused() == BooleanType.T, record.quorumLacksRoom() == BooleanType.T, Obstacle
                .of(record.obstacle()),
            record.hinderer(), record.lastSnapshotZxid(), record.lastSnapshotTimeMs(),
            record
                .nativeBytes());
    }

    /**
     * Returns the status as a member of an ensemble. The only voter of an ensemble is a leader, although it decides
     * alone.
     *
     * @return this status, with {@code leader} in place of {@code standalone}.
     */
    public ServerStatus inEnsemble()
    {
        return "standalone".equals(mode) ? new ServerStatus(isServing, "leader", zxid, znodes, ephemerals, watches,
            dataSize, sessions, outstanding, acceptedEpoch, currentEpoch, leader, leadingForMs, learners,
            syncedFollowers, syncedObservers, syncedNonVoting, pendingSyncs, syncing, isWritesRefused, quorumLacksRoom,
            obstacle, hinderer, lastSnapshotZxid, lastSnapshotTimeMs, nativeBytes) : this;
    }

    /**
     * Returns why no leader is found.
     *
     * @return a sentence with the id of a server, empty while no obstacle is known.
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
