/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;

/**
 * Decides whether this process may speak for its server id. Somebody may have started another process with the same id,
 * from a copy of the configuration. Each of the two could be linked with different servers and be counted by them. So a
 * process that was told of another one links with nobody but the server that said so, until it has not been told again
 * for a while. Nor does a process link with anybody before it has checked who is at its own address.
 */
final class OwnIdentity
{
    /**
     * How long a process that was told so is held off. Longer than any pause between two attempts, in which it would be
     * told again.
     */
    static final long HELD_OFF_NS = TimeUnit.SECONDS.toNanos(3);

    private boolean isChecked;
    private boolean isDisputed;
    private long disputedBy;
    private long heldUntilNs;

    /** Records that it has been checked who is at the own address. */
    void onChecked()
    {
        isChecked = true;
    }

    /** Whether that check was made or given up. */
    boolean isChecked()
    {
        return isChecked;
    }

    /** Records that a server, or the process at the own address, says that another process with this id is alive. */
    void onDisputed(final long by, final long nowNs)
    {
        isDisputed = true;
        disputedBy = by;
        heldUntilNs = nowNs + HELD_OFF_NS;
    }

    /** Records that a server has linked with this process, so what that server said before no longer holds. */
    void onLinked(final long serverId)
    {
        isDisputed &= disputedBy != serverId;
    }

    /** Whether this process must not link with a server. */
    boolean isHeldOff(final long serverId, final long nowNs)
    {
        isDisputed &= nowNs - heldUntilNs < 0;

        return !isChecked || (isDisputed && disputedBy != serverId);
    }

    /** When {@link #isHeldOff} may change although nothing arrives. */
    long nextDeadlineNs()
    {
        return isDisputed ? heldUntilNs : Long.MAX_VALUE;
    }
}
