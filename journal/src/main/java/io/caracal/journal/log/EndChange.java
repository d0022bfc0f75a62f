/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.Invariant;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.duty.Doorbell;

/**
 * A change of the end of the log as the engine's thread sees it: a truncation, or the replacement of everything by a
 * received snapshot. There is one at a time. The command goes through the ring behind the records, and these may be
 * waiting for room on disk. So the journal thread is told at once which of them need no room any more. Belongs to the
 * engine's thread.
 *
 * <pre>
 *             truncate               on the device, told
 *   NOTHING ------------&gt; TRUNCATING -------------------&gt; NOTHING
 *
 *             tryHold        replace              on the device       goOn
 *   NOTHING ------------&gt; HELD ----&gt; REPLACING -------------&gt; HELD -------&gt; NOTHING
 * </pre>
 */
final class EndChange
{
    /** Stands for the absence of a zxid. */
    static final long NOTHING = -1;

    private static final int NO_COMMAND = 0;

    private final ChunkRing ring;
    private final EndCommand command;
    private final Doorbell journalBell;
    private long truncateZxid = NOTHING;
    private long replaceZxid = NOTHING;
    private long changes;
    private int commandType;
    private long commandZxid;
    private boolean isHeld;

    EndChange(final ChunkRing ring, final EndCommand command, final Doorbell journalBell)
    {
        this.ring = ring;
        this.command = command;
        this.journalBell = journalBell;
    }

    /** Whether a change is under way, or has not been told to the engine yet. */
    boolean isUnderWay()
    {
        return truncateZxid != NOTHING || isHeld;
    }

    boolean isTruncating()
    {
        return truncateZxid != NOTHING;
    }

    boolean isReplacing()
    {
        return replaceZxid != NOTHING;
    }

    /** Whether the command still waits for room in the ring. */
    boolean isCommandWaiting()
    {
        return commandType != NO_COMMAND;
    }

    /** Begins to cut off what comes after a zxid. */
    void truncate(final long zxid)
    {
        begin(JournalAgent.TRUNCATE, zxid, zxid);
        truncateZxid = zxid;
    }

    /**
     * Ends the truncation under way if it is on the device, and returns where the log ends then; else returns {@link
     * #NOTHING}.
     */
    long takeTruncated()
    {
        if (command.doneCount() != changes)
        {
            return NOTHING;
        }

        final long zxid = truncateZxid;
        truncateZxid = NOTHING;
        return zxid;
    }

    /** Holds back all other changes; returns false during a truncation. */
    boolean tryHold()
    {
        isHeld |= truncateZxid == NOTHING;
        return isHeld;
    }

    /** Begins to replace everything by the state at a zxid. */
    void replace(final long zxid)
    {
        Invariant.check(isHeld && replaceZxid == NOTHING, "journal replaced while it goes on");
        begin(JournalAgent.REPLACE, zxid, JournalAgent.BEFORE_ALL);
        replaceZxid = zxid;
    }

    /** Whether the requested replacement is on the device. */
    boolean isReplaced()
    {
        return replaceZxid != NOTHING && command.doneCount() == changes;
    }

    /** Stops holding back. Returns the zxid of the state that replaced everything, or {@link #NOTHING}. */
    long goOn()
    {
        final long replacedZxid = isReplaced() ? replaceZxid : NOTHING;
        replaceZxid = NOTHING;
        isHeld = false;

        return replacedZxid;
    }

    /** Puts the command into the ring, if it still waits and there is room. */
    void offerCommand()
    {
        if (commandType != NO_COMMAND && ring.offer(commandType, commandZxid, 0))
        {
            commandType = NO_COMMAND;
        }
    }

    private void begin(final int type, final long zxid, final long lastZxid)
    {
        changes++;
        command.announce(changes, lastZxid);
        commandType = type;
        commandZxid = zxid;
        offerCommand();
        journalBell.ring();
    }
}
