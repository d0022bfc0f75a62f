/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

/**
 * The command to change the end of the log, a truncation or a replacement, as the journal thread sees it. It comes
 * through the ring behind the records. The engine also announces it beside the ring, because records that it will cut
 * off need no room any more. {@link EndChange} is the engine's side.
 */
final class EndCommand
{
    private static final int NONE = -1;

    private volatile long doneCount;
    private volatile long announcedCount;
    private long announcedLastZxid;
    private long ownCount;
    private int type = NONE;
    private long zxid;
    private boolean isPostponed;
    private long retryAtNs;

    /**
     * Announces a command that comes behind what is in the ring. Called on the engine's thread.
     *
     * @param count    of commands, including this one.
     * @param lastZxid after which records are cut off.
     */
    void announce(final long count, final long lastZxid)
    {
        announcedLastZxid = lastZxid;
        announcedCount = count;
    }

    /** How many commands have been carried out, with their outcome on the device. May be called by any thread. */
    long doneCount()
    {
        return doneCount;
    }

    /** Whether a record that is still in the ring will be cut off by the command behind it. */
    boolean cutsOff(final long recordZxid)
    {
        return announcedCount > ownCount && recordZxid > announcedLastZxid;
    }

    /** Takes the command out of the ring. Everything before it was taken already. */
    void take(final int commandType, final long commandZxid)
    {
        type = commandType;
        zxid = commandZxid;
    }

    /** Whether a command was taken and not yet carried out. */
    boolean isTaken()
    {
        return type != NONE;
    }

    /** Whether the command had to wait and is not due again yet. */
    boolean isPostponed(final long nowNs)
    {
        return isPostponed && retryAtNs - nowNs > 0;
    }

    boolean isTruncation()
    {
        return type == JournalAgent.TRUNCATE;
    }

    /** Where the log ends after the command. */
    long zxid()
    {
        return zxid;
    }

    /**
     * Postpones the command, which cannot be carried out at the moment.
     *
     * @param nextTryNs when it is tried again.
     * @return whether this is the first time that this command has to wait.
     */
    boolean postpone(final long nextTryNs)
    {
        final boolean isFirst = !isPostponed;
        isPostponed = true;
        retryAtNs = nextTryNs;

        return isFirst;
    }

    /** How long until a postponed command is due; {@code otherwise} if none is postponed. */
    long delayNs(final long nowNs, final long otherwise)
    {
        return isPostponed ? Math.max(1, retryAtNs - nowNs) : otherwise;
    }

    /** Notes that the command was carried out and its outcome is on the device. */
    void done()
    {
        type = NONE;
        isPostponed = false;
        ownCount++;
        doneCount = ownCount;
    }
}
