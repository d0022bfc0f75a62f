/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.ServerRole;
import io.caracal.engine.operator.codec.ServerStatusDecoder;
import io.caracal.engine.zab.election.Obstacle;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A copy of the engine's status, in the terms of ZooKeeper's tools. It does not change and any thread may read it. */
public final class ServerStatus
{
    private final ServerStatusDecoder record = new ServerStatusDecoder();
    private final boolean isInEnsemble;

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

    private ServerStatus(final DirectBuffer buffer, final int offset, final boolean isInEnsemble)
    {
        record.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        this.isInEnsemble = isInEnsemble;
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
        final byte[] copy = new byte[MessageHeaderDecoder.ENCODED_LENGTH + ServerStatusDecoder.BLOCK_LENGTH];
        buffer.getBytes(offset, copy);

        return new ServerStatus(new UnsafeBuffer(copy), 0, false);
    }

    /**
     * Returns the status as a member of an ensemble. The only voter of an ensemble is a leader, although it decides
     * alone.
     *
     * @return this status, with {@code leader} in place of {@code standalone}.
     */
    public ServerStatus inEnsemble()
    {
        return new ServerStatus(record.buffer(), record.offset() - MessageHeaderDecoder.ENCODED_LENGTH, true);
    }

    /** Whether clients are served. */
    public boolean isServing()
    {
        return record.serving() == BooleanType.T;
    }

    /**
     * The role, in ZooKeeper's words.
     *
     * @return leader, follower, observer, standalone or looking.
     */
    public String mode()
    {
        return switch (record.role())
        {
            case LEADING -> "leader";
            case FOLLOWING -> "follower";
            case OBSERVING -> "observer";
            case STANDALONE -> isInEnsemble ? "leader" : "standalone";
            case LOOKING, NULL_VAL -> "looking";
        };
    }

    /** Last applied zxid. */
    public long zxid()
    {
        return record.lastAppliedZxid();
    }

    /** Number of znodes as ZooKeeper counts them. */
    public long znodes()
    {
        return record.znodeCount();
    }

    /** Number of ephemeral znodes. */
    public long ephemerals()
    {
        return record.ephemeralCount();
    }

    /** Number of watches of all kinds. */
    public long watches()
    {
        return record.watchCount();
    }

    /** Size of the data in bytes, as ZooKeeper estimates it. */
    public long dataSize()
    {
        return record.approximateDataSize();
    }

    /** Number of known sessions. */
    public long sessions()
    {
        return record.sessionCount();
    }

    /** Number of client requests in flight. */
    public long outstanding()
    {
        return record.outstandingRequests();
    }

    /** Highest epoch promised. */
    public long acceptedEpoch()
    {
        return record.acceptedEpoch();
    }

    /** Established epoch. */
    public long currentEpoch()
    {
        return record.currentEpoch();
    }

    /** Server id of the leader, -1 while there is none. */
    public long leader()
    {
        return record.leader();
    }

    /** On a leader, time since its epoch was established. */
    public long leadingForMs()
    {
        return record.leadingForMs();
    }

    /** On a leader, number of attached learners. */
    public int learners()
    {
        return record.learners();
    }

    /** On a leader, number of followers that serve. */
    public int syncedFollowers()
    {
        return record.syncedFollowers();
    }

    /** On a leader, number of observers that serve. */
    public int syncedObservers()
    {
        return record.syncedObservers();
    }

    /** On a leader, number of followers that serve but have no vote yet. */
    public int syncedNonVoting()
    {
        return record.syncedNonVoting();
    }

    /** On a leader, number of client syncs that wait for a quorum. */
    public int pendingSyncs()
    {
        return record.pendingSyncs();
    }

    /** On a leader, the learners that are not in sync yet. */
    public Syncing syncing()
    {
        return new Syncing(record.syncingLearners(), record.syncSent(), record.syncProgress());
    }

    /** Whether writes are refused because the disk has no room. */
    public boolean isWritesRefused()
    {
        return record.writesRefused() == BooleanType.T;
    }

    /** Whether no quorum has room on its disks, according to the leader. */
    public boolean quorumLacksRoom()
    {
        return record.quorumLacksRoom() == BooleanType.T;
    }

    /** Why no leader is found. */
    public Obstacle obstacle()
    {
        return Obstacle.of(record.obstacle());
    }

    /** A server for which the obstacle holds, -1 while there is none. */
    public long hinderer()
    {
        return record.hinderer();
    }

    /** Zxid of the last snapshot, -1 when there is none. */
    public long lastSnapshotZxid()
    {
        return record.lastSnapshotZxid();
    }

    /** Wall-clock time of the last snapshot, -1 when there is none. */
    public long lastSnapshotTimeMs()
    {
        return record.lastSnapshotTimeMs();
    }

    /**
     * Returns why no leader is found.
     *
     * @return a sentence with the id of a server, empty while no obstacle is known.
     */
    public String standstill()
    {
        return obstacle() == Obstacle.NONE ? "" : obstacle().text() + " (server " + hinderer() + ")";
    }

    /**
     * Whether another server leads.
     *
     * @return true for followers and observers.
     */
    public boolean isLearner()
    {
        return record.role() == ServerRole.FOLLOWING || record.role() == ServerRole.OBSERVING;
    }
}
