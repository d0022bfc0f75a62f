/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.zab.PeerMessageHandler;
import io.caracal.engine.zab.Vote;
import io.caracal.engine.zab.election.Obstacle;
import io.caracal.engine.zab.election.Standstill;
import org.agrona.DirectBuffer;

/**
 * What the server currently is. A role object is made anew at each change of role, so nothing survives an epoch by
 * accident.
 */
sealed interface Role extends WriteIntake, PeerMessageHandler, AutoCloseable permits Starting, Looking, Learning,
    Leading
{
    /** Nothing keeps this server from having a leader, as far as it knows. */
    Standstill NO_STANDSTILL = new Standstill(Obstacle.NONE, Vote.NOBODY);

    /** Name as people see it, lower case. */
    String roleName();

    /** What time, the journal and other servers demand; returns work done. */
    int doWork(long nowNs, long nowMs);

    /** Sends to other servers what this duty cycle has brought about, after clients were heard; returns work done. */
    default int send()
    {
        return 0;
    }

    /**
     * A step of a restore that this server was sent, as the body of the transaction that it asks for. What becomes of
     * it is seen in the replicated state, and nowhere else; it may be asked for any number of times. Results as of
     * {@link WriteIntake}.
     */
    default int orderRestore(final DirectBuffer buffer, final int offset, final int length)
    {
        return WriteIntake.REFUSED;
    }

    /** Whether no quorum has room on its disks, as far as this server knows from its leader or as the leader. */
    default boolean lacksRoom()
    {
        return false;
    }

    /** Why this server finds no leader; it has one, or nothing is known, unless the role says otherwise. */
    default Standstill standstill()
    {
        return NO_STANDSTILL;
    }

    /** A link with another member came up. */
    default void onLinkUp(final long server)
    {
    }

    /** A link with another member went down. */
    default void onLinkDown(final long server, final LinkEnd end)
    {
    }

    /** The own journal made everything up to a zxid durable. */
    default void onDurable(final long zxid)
    {
    }

    /** The own journal ends at a zxid now, as asked for. */
    default void onTruncated(final long zxid)
    {
        throw new IllegalStateException("the log was cut though this role did not ask for it");
    }

    /** The server is about to end: whoever leads hands over. */
    default void handOver()
    {
    }

    /** When this role must be called again though nothing happens, in monotonic nanoseconds. */
    long nextDeadlineNs(long nowNs);

    /** The role that follows, this one while it lasts. */
    Role next();

    /** Why the role came to its end, constant text. */
    String reason();

    @Override
    void close();
}
