/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import io.caracal.engine.port.CorruptionException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The slots of a {@link TwoSlotFile}: which contents count, and where the next ones go. The two slots take turns, so
 * the slot that counts is never written over. Each slot is kept twice. So one rotten page does no harm, and does not
 * bring back the contents before.
 *
 * <pre>
 *   0              slotLength       2 x slotLength   3 x slotLength   4 x slotLength
 *   +----------------+----------------+----------------+----------------+
 *   | slot 0         | slot 0, twin   | slot 1         | slot 1, twin   |
 *   +----------------+----------------+----------------+----------------+
 * </pre>
 *
 * Slot {@code sequence % 2} is written; the highest valid sequence counts. Not thread-safe.
 */
final class TwoSlots
{
    /** How many slots a file has, twins included. */
    static final int COPIES = 4;

    private final FileChannel channel;
    private final int slotLength;
    private final Slot slot;
    private long sequence;
    private byte[] payload;

    /**
     * Makes slots of which none is written.
     *
     * @param channel    of their file; not closed by this object.
     * @param slotLength bytes.
     * @param sequence   of the contents before.
     */
    TwoSlots(final FileChannel channel, final int slotLength, final long sequence)
    {
        this.channel = channel;
        this.slotLength = slotLength;
        this.sequence = sequence;
        slot = new Slot(slotLength);
    }

    /**
     * Reads the slots of a file.
     *
     * @param channel of the file; not closed by this object.
     * @param file    its name.
     * @throws IOException         when the file cannot be read.
     * @throws CorruptionException when it holds something but no valid slot.
     */
    static TwoSlots load(final FileChannel channel, final Path file) throws IOException
    {
        try
        {
            final TwoSlots slots = new TwoSlots(channel, Math.toIntExact(channel.size() / COPIES), 0);
            slots.read(file);

            return slots;
        }
        catch (final IOException ex)
        {
            throw FileFailure.named(ex, file);
        }
    }

    private void read(final Path file) throws IOException
    {
        boolean blank = true;
        int written = 0;

        for (int copy = 0; copy < COPIES; copy++)
        {
            slot.read(channel, (long)copy * slotLength);
            blank &= slot.isBlank();
            written += slot.isWritten() ? 1 : 0;

            if (slot.isValid())
            {
                checkPlace(copy, file);
                take();
            }
        }

        checkNotAlone(written, file);
        if (payload == null && !blank && !isTornFirstWrite())
        {
            throw Corruption.at(file, 0, "no valid slot in " + (long)COPIES * slotLength + " bytes");
        }
    }

    private void take()
    {
        if (slot.sequence() > sequence)
        {
            sequence = slot.sequence();
            payload = slot.payload();
        }
    }

    /**
     * Refuses a file that was cut to half its length, so that the twin of slot 0 lies where slot 1 is looked for. What
     * slot 1 held is gone, and it may have been newer.
     */
    private void checkPlace(final int copy, final Path file)
    {
        if (slot.sequence() % 2 != copy / 2)
        {
            throw cut(file);
        }
    }

    /** Refuses a file that was cut so short that all of it is the first copy of slot 0, which never stands alone. */
    private void checkNotAlone(final int written, final Path file)
    {
        if (written == 1 && payload != null && sequence % 2 == 0)
        {
            throw cut(file);
        }
    }

    private CorruptionException cut(final Path file)
    {
        return Corruption.at(file, 0,
            "was cut to " + (long)COPIES * slotLength + " bytes, which hold a part of it");
    }

    /**
     * Whether only the very first write was torn. It goes to slot 1. As long as slot 0 was never written, no contents
     * have ever counted.
     */
    private boolean isTornFirstWrite() throws IOException
    {
        return isNeverWritten(0);
    }

    private boolean isNeverWritten(final int number) throws IOException
    {
        for (int twin = 0; twin < 2; twin++)
        {
            slot.read(channel, (2L * number + twin) * slotLength);
            if (!slot.isBlank())
            {
                return false;
            }
        }

        return true;
    }

    /**
     * Refuses slots of which one is blank although it was written, because the contents that count are not the first
     * ones. What it held is gone, and it may have been newer. Not for a file that has grown, which begins with one
     * slot.
     *
     * @param file its name.
     * @throws IOException         when it cannot be read.
     * @throws CorruptionException when a slot is missing.
     */
    void checkBoth(final Path file) throws IOException
    {
        final int other = (int)((sequence + 1) % 2);
        if (sequence > 1 && isNeverWritten(other))
        {
            throw Corruption.at(file, 2L * other * slotLength,
                "is blank, where the contents before or after those of " +
                    "the other slot were written");
        }
    }

    /** The contents that count, not to be changed; null when nothing was ever written. */
    byte[] payload()
    {
        return payload;
    }

    /** The number of the contents that count, 0 for none. */
    long sequence()
    {
        return sequence;
    }

    /** Whether contents of the given length fit into a slot. */
    boolean hasRoomFor(final int length)
    {
        return Slot.HEADER_LENGTH + length <= slotLength;
    }

    /** The shortest length of larger slots into which contents of the given length fit. */
    int enlargedFor(final int length)
    {
        int enlarged = slotLength;
        while (Slot.HEADER_LENGTH + length > enlarged)
        {
            enlarged = Math.multiplyExact(enlarged, 2);
        }

        return enlarged;
    }

    /**
     * Writes the contents that count to their slot again, one twin after the other, and forces each. So a twin that was
     * torn or is rotten is whole again, before the other one may rot as well.
     */
    void forceWhatCounts(final Path file, final FileSystemCalls calls) throws IOException
    {
        if (payload == null)
        {
            calls.force(channel, file);
            return;
        }

        final long position = position(sequence);
        slot.fill(sequence, payload);
        for (int twin = 0; twin < 2; twin++)
        {
            writeAgain(file, position + (long)twin * slotLength, calls);
            calls.force(channel, file);
        }
    }

    /** Writes the slot that counts. Lack of room is ignored for the same reason as in {@link Rewriting}. */
    private void writeAgain(final Path file, final long position, final FileSystemCalls calls) throws IOException
    {
        try
        {
            calls.write(channel, file, slot.bytes(), position);
        }
        catch (final NoSpaceException copyOnWrite)
        {
            // What was on the device is still there.
        }
    }

    /** Replaces the contents by others, which fit. When this method returns, they are on the device. */
    void write(final byte[] contents, final Path file, final FileSystemCalls calls) throws IOException
    {
        final long next = sequence + 1;
        slot.fill(next, contents);
        final long position = position(next);
        for (int twin = 0; twin < 2; twin++)
        {
            calls.write(channel, file, slot.bytes(), position + (long)twin * slotLength);
        }
        calls.force(channel, file);

        sequence = next;
        payload = contents.clone();
    }

    private long position(final long ofSequence)
    {
        return 2 * (ofSequence % 2) * slotLength;
    }
}
