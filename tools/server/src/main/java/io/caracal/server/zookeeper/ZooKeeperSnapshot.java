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

/** Loads a single ZooKeeper snapshot file as a replica, without the log that follows it. */
public final class ZooKeeperSnapshot
{
    private static final byte[] MAGIC = { 'Z', 'K', 'S', 'N' };

    private ZooKeeperSnapshot()
    {
    }

    /**
     * Whether a file name has the form of a ZooKeeper snapshot.
     *
     * @param file any file.
     * @return true for {@code snapshot.} and a zxid, packed or not.
     */
    public static boolean isNamedSo(final Path file)
    {
        return SnapshotName.snapshotZxid(file) != SnapshotName.NONE;
    }

    /**
     * Whether a file is a ZooKeeper snapshot, judging by its name or its first bytes.
     *
     * @param file any file.
     * @return true when it appears to be one.
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
     * Loads a file and checks its seals. ZooKeeper writes snapshots while transactions go on, so the tree may contain
     * parts of later ones. The digest is compared too, unless a znode shows that this happened, or the digest is of
     * another zxid or missing.
     *
     * @param file     the snapshot file.
     * @param offline  an empty replica, which will be filled.
     * @param progress receives the progress.
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
