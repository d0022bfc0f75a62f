/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.tree.DataTree;
import io.caracal.server.offline.OfflineReplica;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** One snapshot file of ZooKeeper's as a replica, without the log after it. */
public final class ZooKeeperSnapshot
{
    private static final byte[] MAGIC = { 'Z', 'K', 'S', 'N' };

    private ZooKeeperSnapshot()
    {
    }

    /**
     * Whether a file is named as ZooKeeper names snapshots.
     *
     * @param file any.
     * @return true for {@code snapshot.} and a zxid, packed or not.
     */
    public static boolean isNamedSo(final Path file)
    {
        return SnapshotName.snapshotZxid(file) != SnapshotName.NONE;
    }

    /**
     * Whether a file is a snapshot of ZooKeeper: by its name, or by how it begins.
     *
     * @param file any.
     * @return true when it is one, as far as that can be seen.
     * @throws IOException when it cannot be read.
     */
    public static boolean isOne(final Path file) throws IOException
    {
        try (InputStream in = Files.newInputStream(file))
        {
            return isNamedSo(file) || Arrays.equals(MAGIC, in.readNBytes(MAGIC.length));
        }
    }

    /**
     * Loads a file and checks its seals. ZooKeeper writes while transactions go on, so the tree may hold parts of what
     * comes later; where no znode shows that this happened, its digest is compared as well.
     *
     * @param file     read.
     * @param offline  empty; is filled.
     * @param progress hears how far it is.
     * @return whether the digest was compared.
     * @throws IOException when the file cannot be read or is damaged; the message names file, offset and what is wrong.
     */
    public static boolean load(final Path file, final OfflineReplica offline, final Progress progress)
        throws IOException
    {
        final MissingAcls missing = new MissingAcls();
        final SnapshotReader.End end;
        try
        {
            end = SnapshotReader.read(file, new ReplicaImage(offline.replica(), missing), progress);
        }
        catch (final FileDamage ex)
        {
            throw ex;
        }
        catch (final IOException | CorruptionException ex)
        {
            throw new IOException(file + ": " + ex.getMessage(), ex);
        }

        final long zxid = SnapshotName.snapshotZxid(file);
        offline.replica().lastAppliedZxid(zxid);
        final DataTree tree = offline.replica().tree();
        if (zxid != end.digestZxid() || zxid == 0 || end.newestZxid() > zxid)
        {
            return false;
        }
        if (tree.digest() != end.digest())
        {
            throw new IOException(file + ": the tree has digest 0x" + Long.toHexString(tree.digest()) +
                ", the file says 0x" + Long.toHexString(end.digest()));
        }

        return true;
    }
}
