/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;

/**
 * Reads a snapshot of ZooKeeper from beginning to end, in one pass, and checks every seal.
 *
 * <pre>
 *   ZKSN | version 2 | dbid   sessions   ACLs   znodes ... "/"   seal   digest   seal   last zxid   seal
 *   seal: Adler-32 of all bytes before it, earlier seals among them | "/"
 * </pre>
 *
 * The parts after the first seal exist since 3.6 and 3.9.
 */
final class SnapshotReader
{
    static final int MAGIC = 0x5A4B534E;
    static final int VERSION = 2;
    static final int DIGEST_VERSION = 2;

    /** This version was a text, and a different sum. No release wrote it. */
    private static final int OLD_DIGEST_VERSION = 1;
    private static final int COUNT_MAX = 1 << 30;
    private static final byte SLASH = '/';
    private static final String CONFIG = "/zookeeper/config";
    private static final int PROGRESS_MASK = 0xFFFF;

    private final FileInput in;
    private final SnapshotHandler handler;
    private final Progress progress;
    private final StoredStat stat = new StoredStat();
    private final ExpandableArrayBuffer path = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer data = new ExpandableArrayBuffer();
    private long znodeCount;
    private long newestZxid;

    /**
     * What follows the znodes.
     *
     * @param znodeCount number of znodes, including the root.
     * @param digestZxid zxid at which the tree had the digest, 0 when there is none.
     * @param digest     the digest of the tree.
     * @param newestZxid highest zxid of which the snapshot holds or names a part.
     */
    record End(long znodeCount, long digestZxid, long digest, long newestZxid)
    {
    }

    private SnapshotReader(final FileInput in, final SnapshotHandler handler, final Progress progress)
    {
        this.in = in;
        this.handler = handler;
        this.progress = progress;
    }

    static End read(final Path file, final SnapshotHandler handler, final Progress progress) throws IOException
    {
        try (FileInput in = new FileInput(file))
        {
            final SnapshotReader reader = new SnapshotReader(in, handler, progress);
            try
            {
                return reader.read();
            }
            catch (final EOFException ex)
            {
                throw in.damage("the file ends too early");
            }
        }
    }

    private End read() throws IOException
    {
        check(in.readInt() == MAGIC, "this is no snapshot of ZooKeeper's");
        final int version = in.readInt();
        check(version == VERSION, "a snapshot of version " + version + ", which nobody knows");
        in.readLong();
        readSessions();
        readAcls();
        readZnodes();
        checkSeal();
        handler.onZnodesEnd();

        return readEnd();
    }

    private void readSessions() throws IOException
    {
        final int count = readCount();
        for (int i = 0; i < count; i++)
        {
            final long sessionId = in.readLong();
            handler.onSession(sessionId, in.readInt());
        }
    }

    private void readAcls() throws IOException
    {
        final int count = readCount();
        for (int i = 0; i < count; i++)
        {
            final long key = in.readLong();
            handler.onAcl(key, data, readAcl());
        }
    }

    /** Copies an encoded list unchanged. Returns its length. */
    private int readAcl() throws IOException
    {
        final int entries = in.readInt();
        check(entries >= -1 && entries <= COUNT_MAX, "an ACL of " + entries + " entries");
        data.putInt(0, entries, ByteOrder.BIG_ENDIAN);
        int length = Integer.BYTES;
        for (int i = 0; i < entries; i++)
        {
            in.readBytes(data, length, Integer.BYTES);
            length = readString(readString(length + Integer.BYTES));
        }

        return length;
    }

    private int readString(final int at) throws IOException
    {
        final int length = in.readInt();
        check(length >= -1, "a length of " + length);
        data.putInt(at, length, ByteOrder.BIG_ENDIAN);
        in.readBytes(data, at + Integer.BYTES, Math.max(0, length));

        return at + Integer.BYTES + Math.max(0, length);
    }

    private int readCount() throws IOException
    {
        final int count = in.readInt();
        check(count >= 0 && count <= COUNT_MAX, "a count of " + count);

        return count;
    }

    private void readZnodes() throws IOException
    {
        int length = in.readBuffer(path);
        while (length != 1 || path.getByte(0) != SLASH)
        {
            check(length >= 0, "a znode without a path");
            final int dataLength = in.readBuffer(data);
            final long aclKey = in.readLong();
            stat.read(in);
            newestZxid = isConfig(length) ? newestZxid : Math.max(newestZxid, Math.max(stat.mzxid, stat.pzxid));
            handler.onZnode(path, length, data, dataLength, aclKey, stat);
            znodeCount++;
            if ((znodeCount & PROGRESS_MASK) == 0)
            {
                progress.onProgress("znodes", znodeCount);
            }
            length = in.readBuffer(path);
        }
    }

    /** The znode that holds the members. Its mzxid is the version of a file, which may come from another ensemble. */
    private boolean isConfig(final int length)
    {
        return length == CONFIG.length() && CONFIG.equals(path.getStringWithoutLengthAscii(0, length));
    }

    private void checkSeal() throws IOException
    {
        final long sum = in.sum();
        final long offset = in.offset();
        if (in.readLong() != sum)
        {
            throw new FileDamage(in.file(), offset, "the checksum is another one than that of the " + offset +
                " bytes before it");
        }
        check(in.readInt() == 1 && in.readByte() == SLASH, "a seal that is not ended");
    }

    private End readEnd() throws IOException
    {
        if (in.isAtEnd())
        {
            return new End(znodeCount, 0, 0, newestZxid);
        }

        // The digest is absent where it was switched off. The last zxid then follows at once, and the file ends after
        // its seal.
        final long zxid = in.readLong();
        final long sum = in.sum();
        final int next = in.readInt();
        if (next != DIGEST_VERSION)
        {
            return next == OLD_DIGEST_VERSION ? withoutDigest() : endsWithZxid(zxid, sum, next);
        }

        final long digest = in.readLong();
        checkSeal();
        newestZxid = Math.max(newestZxid, zxid);
        if (!in.isAtEnd())
        {
            newestZxid = Math.max(newestZxid, in.readLong());
            checkSeal();
            check(in.isAtEnd(), "bytes after the end");
        }

        return new End(znodeCount, zxid, digest, newestZxid);
    }

    private End withoutDigest()
    {
        return new End(znodeCount, 0, 0, newestZxid);
    }

    private End endsWithZxid(final long zxid, final long sum, final int high) throws IOException
    {
        newestZxid = Math.max(newestZxid, zxid);
        final long written = (long)high << Integer.SIZE | (in.readInt() & 0xFFFF_FFFFL);
        check(written == sum, "a checksum is wrong");
        check(in.readInt() == 1 && in.readByte() == SLASH, "a seal that is not ended");
        check(in.isAtEnd(), "bytes after the end");

        return withoutDigest();
    }

    private void check(final boolean holds, final String what) throws FileDamage
    {
        if (!holds)
        {
            throw in.damage(what);
        }
    }
}
