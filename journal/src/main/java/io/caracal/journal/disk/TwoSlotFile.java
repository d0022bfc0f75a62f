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
 * A small record that is replaced as a whole. After a crash it holds the old or the new contents, never a mixture. The
 * contents lie in {@code TwoSlots}. This class opens, creates, locks and enlarges the file. Not thread-safe.
 */
public final class TwoSlotFile implements AutoCloseable
{
    private static final int PAGE_LENGTH = 4096;
    private static final int LENGTH_MIN = TwoSlots.COPIES * PAGE_LENGTH;

    /** Four times what the longest contents need, a manifest with all the segments that it may name. */
    private static final int LENGTH_MAX = 64 * 1024 * 1024;

    private final Path file;
    private final FileSystemCalls calls;
    private FileChannel channel;
    private TwoSlots slots;
    private boolean isLocked;
    private boolean isUncertain;
    private Object key;

    /**
     * Opens or creates the file, locks it, and forces what it found. A killed process may have written without forcing,
     * or its force may have failed. So the slot that counts is first written again, one twin after the other. If
     * another process has the file locked, nothing is written, because that process may be changing what was just read.
     *
     * @param file       its path; the directory exists.
     * @param calls      to the file system.
     * @param slotLength of a new file, 4096 bytes or a power of two times that; it doubles when a payload needs more.
     * @throws IOException         when the file cannot be opened, locked, read or forced.
     * @throws NoSpaceException    when there is no room for a new file.
     * @throws CorruptionException when the file holds something but no valid slot, or was cut short.
     */
    public TwoSlotFile(final Path file, final FileSystemCalls calls, final int slotLength) throws IOException
    {
        this.file = file;
        this.calls = calls;
        if (!Files.exists(file) || isTornCreation(file))
        {
            create(file, slotLength);
        }

        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try
        {
            isLocked = tryLock(channel);
            slots = TwoSlots.load(channel, file);
            if (isLocked)
            {
                if (channel.size() <= (long)TwoSlots.COPIES * slotLength)
                {
                    slots.checkBoth(file);
                }
                slots.forceWhatCounts(file, calls);
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
            StoredMessage.check(file, slots.payload(), templateId);
        }
        catch (final CorruptionException ex)
        {
            channel.close();
            throw ex;
        }
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

        try (FileChannel found = FileChannel.open(file, StandardOpenOption.READ))
        {
            return TwoSlots.load(found, file).payload();
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
        return slots.payload() == null ? null : slots.payload().clone();
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
        if (slots.hasRoomFor(contents.length))
        {
            isUncertain = true;
            slots.write(contents, file, calls);
            isUncertain = false;
        }
        else
        {
            grow(contents, contents.length);
        }
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
        if (slots.payload() != null && !slots.hasRoomFor(contentsLength))
        {
            grow(slots.payload(), contentsLength);
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
        if (length > LENGTH_MAX)
        {
            throw Corruption.at(file, 0, "has " + length + " bytes, more than this file can have");
        }

        if (length >= LENGTH_MIN && Long.bitCount(length) == 1)
        {
            return false;
        }

        if (length >= LENGTH_MIN || !isBlank(Files.readAllBytes(file)))
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
        calls.reserve(target, (long)TwoSlots.COPIES * newSlotLength);
        try (FileChannel created = FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            calls.force(created, target);
        }

        calls.forceDirectory(target.getParent());
    }

    /** Replaces this file by a larger one, which is written under another name and takes its place in one step. */
    private void grow(final byte[] contents, final int room) throws IOException
    {
        final int newLength = slots.enlargedFor(room);
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

            final TwoSlots next = new TwoSlots(target, newLength, slots.sequence());
            next.write(contents, larger, calls);
            takePlace(larger);
            slots = next;
        }
        catch (final IOException | RuntimeException ex)
        {
            target.close();
            throw ex;
        }

        channel.close();
        channel = target;
        key = key();
        isUncertain = false;
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
