/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.NewZnode;
import io.caracal.server.offline.OfflineReplica;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is written is read back. If bytes were changed in between, the file is refused by name, and nothing else
 * happens.
 */
class DamagedFilesTest
{
    private static final long ZXID = 0x10;
    private static final byte[] SNAPPY_HEAD = { (byte)0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1 };

    @TempDir
    private Path dir;

    private static byte[] snapshot() throws IOException
    {
        try (OfflineReplica offline = new OfflineReplica())
        {
            final Replica replica = offline.replica();
            final DataTree tree = replica.tree();
            final int open = tree.acls().intern(OpenList.BYTES, 0, OpenList.BYTES.capacity());
            final long top = create(tree, tree.root(), "top", open, EphemeralOwner.NONE, 1);
            for (int i = 0; i < 5; i++)
            {
                create(tree, top, "child-" + i, open, i == 3 ? 0x77 : EphemeralOwner.NONE, 2 + i);
            }
            tree.acls().release(open);
            replica.sessions().add(0x77, 5000, 1, 0);
            replica.lastAppliedZxid(ZXID);
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            SnapshotWriter.write(replica, out, Progress.NONE);

            return out.toByteArray();
        }
    }

    private static long create(final DataTree tree, final long parent, final String name, final int acl,
        final long owner, final int zxid)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
        final int dataLength = zxid % 2 == 0 ? -1 : bytes.capacity();
        final NewZnode znode = new NewZnode().name(bytes, 0, bytes.capacity()).data(bytes, 0, dataLength).acl(acl)
            .ephemeralOwner(owner);

        return tree.create(parent, znode, zxid, zxid, 1000 + zxid);
    }

    private String load(final byte[] bytes) throws IOException
    {
        final Path file = Files.write(dir.resolve("snapshot.10"), bytes);
        try (OfflineReplica offline = new OfflineReplica())
        {
            assertTrue(ZooKeeperSnapshot.load(file, offline, Progress.NONE), "the digest is compared");

            return offline.replica().tree().nodeCount() + " " + offline.replica().sessions().size() + " " +
                offline.replica().tree().owned().ephemeralCount();
        }
    }

    @Test
    void shouldReadBackWhatWasWritten() throws IOException
    {
        assertEquals("10 1 1", load(snapshot()));
    }

    @Test
    void shouldRefuseFlippedBits() throws IOException
    {
        final byte[] whole = snapshot();
        for (int i = 0; i < whole.length; i += 3)
        {
            final byte[] damaged = whole.clone();
            damaged[i] ^= (byte)(1 << (i & 7));
            final IOException refusal = assertThrows(IOException.class, () -> load(damaged), "byte " + i);
            assertTrue(refusal.getMessage().contains("snapshot.10"), refusal.getMessage());
        }
    }

    @Test
    void shouldRefuseWhatIsCutOffButAtTheSeals() throws IOException
    {
        final byte[] whole = snapshot();
        for (int length = 0; length < whole.length; length += 5)
        {
            final byte[] cut = Arrays.copyOf(whole, length);
            final boolean isAtSeal = length == whole.length - 21 || length == whole.length - 54;
            if (!isAtSeal)
            {
                assertThrows(IOException.class, () -> load(cut), "length " + length);
            }
        }
    }

    @Test
    void shouldUnpackOrRefuseAnySnappyStream() throws IOException
    {
        final Random random = new Random(5);
        int unpacked = 0;
        for (int i = 0; i < 5_000; i++)
        {
            final byte[] block = new byte[1 + random.nextInt(40)];
            random.nextBytes(block);
            block[0] &= 0x1F;
            final ByteArrayOutputStream stream = new ByteArrayOutputStream();
            stream.write(SNAPPY_HEAD);
            stream.write(new byte[]{ 0, 0, 0, (byte)block.length });
            stream.write(block);
            try (SnappyStream in = new SnappyStream(new ByteArrayInputStream(stream.toByteArray())))
            {
                assertTrue(in.readAllBytes().length < 0x20);
                unpacked++;
            }
            catch (final IOException refused)
            {
                assertFalse(refused.getMessage().isEmpty());
            }
        }
        assertTrue(unpacked > 0, "some are whole");
    }

    @Test
    void shouldRepeatWhatACopySays() throws IOException
    {
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(SNAPPY_HEAD);
        // "ab", then eight bytes from two back, then three from one back with a wide offset.
        final byte[] block = { 13, 1 << 2, 'a', 'b', 4 << 2 | 1, 2, 2 << 2 | 2, 1, 0 };
        stream.write(new byte[]{ 0, 0, 0, (byte)block.length });
        stream.write(block);
        try (SnappyStream in = new SnappyStream(new ByteArrayInputStream(stream.toByteArray())))
        {
            assertEquals("ababababab" + "bbb", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }
}
