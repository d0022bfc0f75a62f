/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

/**
 * The command to change the end of the log, a truncation or a replacement, as the journal's thread sees it. It comes
 * through the ring behind the records; the engine announces it beside the ring, because records that it will cut off
 * need no room any more. What the engine's thread sees is {@link EndChange}.
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
     * A command comes behind what is in the ring. Engine's thread.
     *
     * @param count    of commands, this one included.
     * @param lastZxid after which records are cut off.
     */
    void announce(final long count, final long lastZxid)
    {
        announcedLastZxid = lastZxid;
        announcedCount = count;
    }

    /** How many commands were carried out, so that their outcome is on the device. Any thread. */
    long doneCount()
    {
        return doneCount;
    }

    /** Whether a record that is still in the ring will be cut off by the command behind it. */
    boolean cutsOff(final long recordZxid)
    {
        return announcedCount > ownCount && recordZxid > announcedLastZxid;
    }

    /** It has come out of the ring: everything before it was taken. */
    void take(final int commandType, final long commandZxid)
    {
        type = commandType;
        zxid = commandZxid;
    }

    /** Whether one was taken and not carried out yet. */
    boolean isTaken()
    {
        return type != NONE;
    }

    /** Whether it had to wait and is not due again. */
    boolean isPostponed(final long nowNs)
    {
        return isPostponed && retryAtNs - nowNs > 0;
    }

    boolean isTruncation()
    {
        return type == JournalAgent.TRUNCATE;
    }

    /** Where the log ends afterwards. */
    long zxid()
    {
        return zxid;
    }

    /**
     * It cannot be carried out at the moment, and is tried again.
     *
     * @param nextTryNs when.
     * @return whether this is the first time that this command has to wait.
     */
    boolean postpone(final long nextTryNs)
    {
        final boolean isFirst = !isPostponed;
        isPostponed = true;
        retryAtNs = nextTryNs;

        return isFirst;
    }

    /** How long until a postponed one is due; {@code otherwise} if none is postponed. */
    long delayNs(final long nowNs, final long otherwise)
    {
        return isPostponed ? Math.max(1, retryAtNs - nowNs) : otherwise;
    }

    /** It was carried out, and its outcome is on the device. */
    void done()
    {
        type = NONE;
        isPostponed = false;
        ownCount++;
        doneCount = ownCount;
    }
}
