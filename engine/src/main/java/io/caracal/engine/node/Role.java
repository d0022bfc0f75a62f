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
 * The role that a server currently has: starting, looking for a leader, following or observing one, or leading. A role
 * takes the writes of clients and the messages of other servers. A new object is made at each change of role, so that
 * nothing survives an epoch by accident. What has to survive belongs to the {@link Node}.
 */
sealed interface Role extends PeerMessageHandler, AutoCloseable permits Starting, Looking, Learning, Leading
{
    /** No reason is known why this server would not find a leader. */
    Standstill NO_STANDSTILL = new Standstill(Obstacle.NONE, Vote.NOBODY);

    /** The name of the role as people see it, in lower case. */
    String roleName();

    /** Whether clients are served. */
    default boolean isServing()
    {
        return false;
    }

    /** Takes the requests of clients that only a leader can decide. Always the same object during a role. */
    default WriteIntake intake()
    {
        return NotServing.INTAKE;
    }

    /** Does what has become due by time, by the journal or by messages of other servers. Returns work done. */
    int doWork(long nowNs, long nowMs);

    /**
     * Sends other servers what this duty cycle has produced. Called after clients were heard, so that their requests go
     * out in the same cycle. Returns work done.
     */
    default int send()
    {
        return 0;
    }

    /**
     * Takes a step of a restore that was sent to this server: the body of the transaction that it asks for. There is no
     * reply; the outcome of the step is visible in the replicated state. The same step may be sent any number of times.
     * Returns one of the results of {@link WriteIntake}.
     */
    default int orderRestore(final DirectBuffer buffer, final int offset, final int length)
    {
        return WriteIntake.REFUSED;
    }

    /** Whether no quorum has room on its disks. A leader knows this itself; a learner is told by its leader. */
    default boolean lacksRoom()
    {
        return false;
    }

    /** Why this server has no established leader; {@link #NO_STANDSTILL} when it has one or when nothing is known. */
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

    /** This server's journal has made everything up to a zxid durable. */
    default void onDurable(final long zxid)
    {
    }

    /** This server's journal was cut, as this role had asked, and now ends at a zxid. */
    default void onTruncated(final long zxid)
    {
        throw new IllegalStateException("the log was cut though this role did not ask for it");
    }

    /** The server is about to end: a leader settles what it has proposed and steps down. */
    default void handOver()
    {
    }

    /** When this role must be called again even if nothing happens, in monotonic nanoseconds. */
    long nextDeadlineNs(long nowNs);

    /** The role of the next duty cycle: this one, or a new one when this one has ended. */
    Role next();

    /** Why the role has ended, as constant text. */
    String reason();

    @Override
    void close();
}
