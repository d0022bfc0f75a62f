/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import io.caracal.engine.port.CorruptionException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A small record that is replaced as a whole. After a crash it holds the old or the new contents, never a mixture. Two
 * slots take turns, so the slot that counts is never written over. Each slot is kept twice. So one rotten page does no
 * harm, and does not bring back the contents before.
 *
 * <pre>
 *   0              slotLength       2 x slotLength   3 x slotLength   4 x slotLength
 *   +----------------+----------------+----------------+----------------+
 *   | slot 0         | slot 0, twin   | slot 1         | slot 1, twin   |
 *   +----------------+----------------+----------------+----------------+
 *   slot: magic u64 | sequence i64 | length i32 | CRC32C u32 of all the rest | payload
 * </pre>
 *
 * Slot {@code sequence % 2} is written; the highest valid sequence counts. Little-endian. Not thread-safe.
 */
public final class TwoSlotFile implements AutoCloseable
{
    private static final int COPIES = 4;
    private static final int PAGE_LENGTH = 4096;

    private final Path file;
    private final FileSystemCalls calls;
    private FileChannel channel;
    private Slot slot;
    private int slotLength;
    private long sequence;
    private byte[] payload;
    private boolean isLocked;
    private boolean isUncertain;
    private Object key;

    /**
     * Opens or creates the file, locks it, and forces what it found. A killed process may have written without forcing,
     * or its force may have failed. So the slot that counts is first written over itself, one twin after the other. If
     * another process has the file locked, nothing is written, because that process may be changing what was just read.
     *
     * @param file       its path; the directory exists.
     * @param calls      to the file system.
     * @param slotLength of a new file, a multiple of 4096 bytes; it doubles when a payload needs more.
     * @throws IOException         when the file cannot be opened, locked, read or forced.
     * @throws NoSpaceException    when there is no room for a new file.
     * @throws CorruptionException when the file holds something but no valid slot, or was cut short.
     */
    public TwoSlotFile(final Path file, final FileSystemCalls calls, final int slotLength) throws IOException
    {
        this(file, calls);
        if (!Files.exists(file) || isTornCreation(file))
        {
            create(file, slotLength);
        }

        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try
        {
            isLocked = tryLock(channel);
            load();
            if (isLocked)
            {
                forceWhatWasFound();
            }
            key = key();
        }
        catch (final IOException | RuntimeException ex)
        {
            channel.close();
            throw ex;
        }
    }

    /**
     * Like the other constructor, for a file that holds a certain message.
     *
     * @param file       its path; the directory exists.
     * @param calls      to the file system.
     * @param slotLength of a new file.
     * @param templateId of the message with which the contents begin.
     * @throws IOException         as the other constructor.
     * @throws CorruptionException also when the contents begin with another message.
     */
    public TwoSlotFile(final Path file, final FileSystemCalls calls, final int slotLength, final int templateId)
        throws IOException
    {
        this(file, calls, slotLength);
        try
        {
            StoredMessage.check(file, payload, templateId);
        }
        catch (final CorruptionException ex)
        {
            channel.close();
            throw ex;
        }
    }

    private void forceWhatWasFound() throws IOException
    {
        final long position = position(sequence, slotLength);
        final int length = payload == null ? 0 : Slot.HEADER_LENGTH + payload.length;
        for (int twin = 0; twin < 2; twin++)
        {
            final long start = position + (long)twin * slotLength;
            Rewriting.of(channel, file, start, start + length, calls);
            calls.force(channel, file);
        }
    }

    private TwoSlotFile(final Path file, final FileSystemCalls calls)
    {
        this.file = file;
        this.calls = calls;
    }

    /**
     * Reads the contents of a file without changing it. Its server may change it meanwhile.
     *
     * @param file exists.
     * @return a fresh copy; null when nothing was ever written.
     * @throws IOException         when the file cannot be read.
     * @throws CorruptionException when the file holds something but no valid slot, or was cut short.
     */
    public static byte[] read(final Path file) throws IOException
    {
        if (isTornCreation(file))
        {
            return null;
        }

        try (TwoSlotFile slots = new TwoSlotFile(file, null))
        {
            slots.channel = FileChannel.open(file, StandardOpenOption.READ);
            slots.load();
            return slots.payload;
        }
    }

    /**
     * Like {@link #read(Path)}, for a file that holds a certain message.
     *
     * @param file       exists.
     * @param templateId of the message with which the contents begin.
     * @return a fresh copy; null when nothing was ever written.
     * @throws IOException         when the file cannot be read.
     * @throws CorruptionException when the file is damaged, or the contents begin with another message.
     */
    public static byte[] read(final Path file, final int templateId) throws IOException
    {
        final byte[] contents = read(file);
        StoredMessage.check(file, contents, templateId);

        return contents;
    }

    private void load() throws IOException
    {
        try
        {
            slotLength = Math.toIntExact(channel.size() / COPIES);
            slot = new Slot(slotLength);
            read();
        }
        catch (final IOException ex)
        {
            throw FileFailure.named(ex, file);
        }
    }

    /**
     * Whether this object locks the file against others until it is closed. Somebody may remove a lock file under a
     * server, taking it for a remnant, and it then keeps nobody out. Without this file, however, a server has nothing
     * to start from.
     *
     * @return false when another process, or another server of this process, has locked it.
     */
    public boolean isLocked()
    {
        return isLocked;
    }

    private static boolean tryLock(final FileChannel channel) throws IOException
    {
        try
        {
            return channel.tryLock() != null;
        }
        catch (final OverlappingFileLockException ofThisProcess)
        {
            return false;
        }
    }

    /**
     * The contents that count.
     *
     * @return a fresh copy; null when nothing was ever written.
     */
    public byte[] payload()
    {
        return payload == null ? null : payload.clone();
    }

    /**
     * Replaces the contents. When this method returns, they are on the device.
     *
     * @param contents new contents.
     * @throws IOException when writing or forcing fails. It is then unknown which contents count on disk, and no
     * further contents are taken.
     */
    public void replace(final byte[] contents) throws IOException
    {
        checkCertain();
        if (Slot.HEADER_LENGTH + contents.length > slotLength)
        {
            grow(contents, contents.length);
        }
        else
        {
            isUncertain = true;
            write(channel, file, slot, slotLength, sequence + 1, contents);
            calls.force(channel, file);
        }

        sequence++;
        payload = contents.clone();
        isUncertain = false;
    }

    /**
     * Enlarges the file if contents of the given length would not fit, so that they will not need room on disk later.
     * The present contents stay.
     *
     * @param contentsLength bytes.
     * @throws NoSpaceException when there is no room for the file or its name; nothing has changed.
     * @throws IOException      when no file can be opened, in which case nothing has changed; or when writing or
     * forcing fails, after which it is unknown which contents count on disk.
     */
    public void makeRoom(final int contentsLength) throws IOException
    {
        checkCertain();
        if (payload != null && Slot.HEADER_LENGTH + contentsLength > slotLength)
        {
            grow(payload, contentsLength);
            sequence++;
            isUncertain = false;
        }
    }

    private void checkCertain() throws IOException
    {
        if (isUncertain)
        {
            throw new IOException(file + " could not be written before: what it holds is not known");
        }
    }

    @Override
    public void close() throws IOException
    {
        if (channel != null)
        {
            channel.close();
        }
    }

    /** Whether the file has an impossible length because its creation was interrupted. Then it holds nothing. */
    private static boolean isTornCreation(final Path file) throws IOException
    {
        final long length = Files.size(file);
        if (length > 0 && length % (COPIES * PAGE_LENGTH) == 0)
        {
            return false;
        }

        if (length >= COPIES * PAGE_LENGTH || !isBlank(Files.readAllBytes(file)))
        {
            throw Corruption.at(file, 0, "was cut to " + length + " bytes, which is not what this file can have");
        }

        return true;
    }

    private static boolean isBlank(final byte[] bytes)
    {
        for (final byte value : bytes)
        {
            if (value != 0)
            {
                return false;
            }
        }

        return true;
    }

    private void create(final Path target, final int newSlotLength) throws IOException
    {
        calls.reserve(target, (long)COPIES * newSlotLength);
        try (FileChannel created = FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            calls.force(created, target);
        }

        calls.forceDirectory(target.getParent());
    }

    private void read() throws IOException
    {
        boolean blank = true;

        for (int copy = 0; copy < COPIES; copy++)
        {
            slot.read(channel, (long)copy * slotLength);
            blank &= slot.isBlank();

            if (slot.isValid() && slot.sequence() > sequence)
            {
                sequence = slot.sequence();
                payload = slot.payload();
            }
        }

        if (payload == null && !blank && !isTornFirstWrite())
        {
            throw Corruption.at(file, 0, "no valid slot in " + (long)COPIES * slotLength + " bytes");
        }
    }

    /**
     * Whether only the very first write was torn. It goes to slot 1. As long as slot 0 was never written, no contents
     * have ever counted.
     */
    private boolean isTornFirstWrite() throws IOException
    {
        for (int copy = 0; copy < COPIES / 2; copy++)
        {
            slot.read(channel, (long)copy * slotLength);
            if (!slot.isBlank())
            {
                return false;
            }
        }

        return true;
    }

    private void write(final FileChannel target, final Path name, final Slot filled, final int targetSlotLength,
        final long newSequence, final byte[] contents) throws IOException
    {
        filled.fill(newSequence, contents);

        final long position = position(newSequence, targetSlotLength);
        for (int twin = 0; twin < 2; twin++)
        {
            calls.write(target, name, filled.bytes(), position + (long)twin * targetSlotLength);
        }
    }

    private static long position(final long ofSequence, final int ofSlotLength)
    {
        return 2 * (ofSequence % 2) * ofSlotLength;
    }

    /** Replaces this file by a larger one, which is written under another name and takes its place in one step. */
    private void grow(final byte[] contents, final int room) throws IOException
    {
        int newLength = slotLength;
        while (Slot.HEADER_LENGTH + room > newLength)
        {
            newLength = Math.multiplyExact(newLength, 2);
        }

        final Path larger = file.resolveSibling(file.getFileName() + ".tmp");
        calls.remove(larger);
        createOrLeaveNothing(larger, newLength);

        final FileChannel target = FileChannel.open(larger, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try
        {
            if (isLocked && !tryLock(target))
            {
                throw new IOException(larger + " is locked by another process");
            }

            final Slot next = new Slot(newLength);
            write(target, larger, next, newLength, sequence + 1, contents);
            calls.force(target, larger);
            takePlace(larger);
            slot = next;
        }
        catch (final IOException | RuntimeException ex)
        {
            target.close();
            throw ex;
        }

        channel.close();
        channel = target;
        slotLength = newLength;
        key = key();
    }

    /**
     * Renames the larger file. The directory is opened once before: if no file can be opened any more, that shows while
     * nothing has changed yet. A rename that finds no room changes nothing either.
     */
    private void takePlace(final Path larger) throws IOException
    {
        calls.forceDirectory(file.getParent());
        isUncertain = true;
        try
        {
            calls.rename(larger, file);
        }
        catch (final NoSpaceException ex)
        {
            isUncertain = false;
            calls.remove(larger);
            throw ex;
        }

        calls.forceDirectory(file.getParent());
    }

    /**
     * Whether the file's name still leads to the file that is written here, which is a new file after each enlargement.
     *
     * @return false when somebody has removed it or put another file in its place.
     */
    public boolean isInPlace()
    {
        final Object found = key();
        return found == null ? !Files.notExists(file) : key == null || key.equals(found);
    }

    /** The key by which the system identifies the file; null if the system does not tell. */
    private Object key()
    {
        try
        {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        }
        catch (final IOException ex)
        {
            return null;
        }
    }

    private void createOrLeaveNothing(final Path larger, final int newLength) throws IOException
    {
        try
        {
            create(larger, newLength);
        }
        catch (final NoSpaceException ex)
        {
            calls.remove(larger);
            throw ex;
        }
    }
}
