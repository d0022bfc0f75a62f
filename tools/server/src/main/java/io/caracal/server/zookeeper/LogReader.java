/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Reads a transaction log of ZooKeeper, entry by entry.
 *
 * <pre>
 *   ZKLG | version 2 | dbid   ( Adler-32 i64 | length i32 | payload | 42 ) ...   zeros
 * </pre>
 *
 * A length of zero ends the log. An entry that is cut off, or lacks the byte after it, was being written when the
 * server died; the log ends before it. A whole entry with a wrong checksum is damage. So is what looks like the end
 * where whole entries follow.
 */
final class LogReader implements AutoCloseable
{
    static final int MAGIC = 0x5A4B4C47;
    static final int VERSION = 2;
    static final int END_OF_ENTRY = 0x42;

    private final FileInput in;
    private final ExpandableArrayBuffer payload = new ExpandableArrayBuffer();
    private final boolean isEmpty;
    private long entryOffset;
    private int length;
    private boolean isTorn;

    LogReader(final Path file) throws IOException
    {
        in = new FileInput(file);
        try
        {
            isEmpty = isWithoutHead();
        }
        catch (final IOException ex)
        {
            in.close();
            throw ex;
        }
    }

    /** Whether the log has no head, because it had just been created when the server died. */
    private boolean isWithoutHead() throws IOException
    {
        try
        {
            final int magic = in.readInt();
            final int version = in.readInt();
            in.readLong();
            if (magic == 0 && version == 0)
            {
                return true;
            }
            if (magic != MAGIC || version != VERSION)
            {
                throw in.damage("this is no transaction log of ZooKeeper's");
            }

            return false;
        }
        catch (final EOFException ex)
        {
            return true;
        }
    }

    /** Moves to the next entry. Returns false at the end. */
    boolean next() throws IOException
    {
        if (isEmpty || isTorn)
        {
            return false;
        }

        entryOffset = in.offset();
        try
        {
            return !in.isAtEnd() && readEntry();
        }
        catch (final EOFException ex)
        {
            isTorn = true;

            return false;
        }
    }

    private boolean readEntry() throws IOException
    {
        final long sum = in.readLong();
        length = in.readInt();
        if (length == 0)
        {
            return false;
        }
        if (length < 0)
        {
            throw new FileDamage(in.file(), entryOffset, "an entry of length " + length);
        }

        in.restartSum();
        in.readBytes(payload, 0, length);
        final long payloadSum = in.sum();
        if (in.readByte() != END_OF_ENTRY)
        {
            isTorn = true;

            return false;
        }
        if (payloadSum != sum)
        {
            throw new FileDamage(in.file(), entryOffset, "the checksum of the entry is wrong");
        }

        return true;
    }

    /** Returns header, record and digest of the entry, starting at offset 0. */
    DirectBuffer payload()
    {
        return payload;
    }

    int length()
    {
        return length;
    }

    long entryOffset()
    {
        return entryOffset;
    }

    /** Whether the log ended in an entry that was not written completely. */
    boolean isTorn()
    {
        return isTorn;
    }

    /**
     * Returns the zxid of the first transaction that lies behind the end of the log, {@link LaterEntry#NONE} when there
     * is none. To be called at the end.
     */
    long zxidBehindEnd(final long afterZxid) throws IOException
    {
        return LaterEntry.zxid(in.file(), entryOffset, afterZxid);
    }

    FileDamage damage(final String what)
    {
        return new FileDamage(in.file(), entryOffset, what);
    }

    @Override
    public void close() throws IOException
    {
        in.close();
    }
}
