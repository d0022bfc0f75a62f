/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;

/**
 * Whether this process may speak for its server id. Somebody may have started another one with the same id, from a copy
 * of the configuration; each could be linked with others, and be counted by them. So a process that was told so links
 * with nobody, unless with whoever told it, until it was not told so for a while. Nor does it before it has looked who
 * is at its own address.
 */
final class OwnIdentity
{
    /** Longer than any pause between two attempts, in which it would be told again. */
    static final long HELD_OFF_NS = TimeUnit.SECONDS.toNanos(3);

    private boolean isChecked;
    private boolean isDisputed;
    private long disputedBy;
    private long heldUntilNs;

    /** It was looked who is at the own address. */
    void onChecked()
    {
        isChecked = true;
    }

    /** Whether that was done, or given up. */
    boolean isChecked()
    {
        return isChecked;
    }

    /** A server, or the process at the own address, says that another process with this id lives. */
    void onDisputed(final long by, final long nowNs)
    {
        isDisputed = true;
        disputedBy = by;
        heldUntilNs = nowNs + HELD_OFF_NS;
    }

    /** A server has linked with this process: what it said before no longer holds. */
    void onLinked(final long serverId)
    {
        isDisputed &= disputedBy != serverId;
    }

    /** Whether no link with a server is to be. */
    boolean isHeldOff(final long serverId, final long nowNs)
    {
        isDisputed &= nowNs - heldUntilNs < 0;

        return !isChecked || (isDisputed && disputedBy != serverId);
    }

    /** When that may change though nothing comes. */
    long nextDeadlineNs()
    {
        return isDisputed ? heldUntilNs : Long.MAX_VALUE;
    }
}
