/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.session.Session;
import io.caracal.engine.tree.NodeStats;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.server.offline.TreeCursor;
import java.io.IOException;
import java.io.OutputStream;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntHashSet;

/**
 * Writes a replica as a snapshot of ZooKeeper. Servers of 3.9 load it; older ones read as much of it as they know. The
 * tree must not change meanwhile.
 */
public final class SnapshotWriter
{
    private static final int PROGRESS_MASK = 0xFFFF;
    private static final long DBID = -1;
    private static final byte SLASH = '/';

    private final Replica replica;
    private final ReadableTree tree;
    private final FileOutput out;
    private final Progress progress;
    private final ExpandableArrayBuffer data = new ExpandableArrayBuffer();
    private long znodeCount;

    private SnapshotWriter(final Replica replica, final FileOutput out, final Progress progress)
    {
        this.replica = replica;
        tree = replica.tree();
        this.out = out;
        this.progress = progress;
    }

    /**
     * Writes a snapshot.
     *
     * @param replica  the state to write, at its last applied zxid.
     * @param stream   receives the bytes; flushed, not closed.
     * @param progress receives the progress.
     * @return number of bytes written.
     * @throws IOException when the stream fails.
     */
    public static long write(final Replica replica, final OutputStream stream, final Progress progress)
        throws IOException
    {
        final FileOutput out = new FileOutput(stream);
        new SnapshotWriter(replica, out, progress).write();
        out.flush();
        stream.flush();

        return out.written();
    }

    private void write() throws IOException
    {
        out.writeInt(SnapshotReader.MAGIC);
        out.writeInt(SnapshotReader.VERSION);
        out.writeLong(DBID);
        writeSessions();
        writeAcls();
        writeZnodes();
        seal();
        out.writeLong(tree.keepsDigest() ? replica.lastAppliedZxid() : 0);
        out.writeInt(SnapshotReader.DIGEST_VERSION);
        out.writeLong(tree.digest());
        seal();
        out.writeLong(replica.lastAppliedZxid());
        seal();
    }

    private void writeSessions() throws IOException
    {
        out.writeInt(replica.sessions().size());
        for (Session session = replica.sessions().first(); session != null; session = session.nextInTable())
        {
            out.writeLong(session.id());
            out.writeInt(session.timeoutMs());
        }
    }

    /** Writes the ACLs in use, with their ids in the tree as keys. */
    private void writeAcls() throws IOException
    {
        final IntHashSet ids = new IntHashSet();
        final TreeCursor cursor = new TreeCursor(tree);
        cursor.begin(tree.root());
        while (cursor.next())
        {
            ids.add(tree.aclId(cursor.node()));
        }

        out.writeInt(ids.size());
        final IntHashSet.IntIterator each = ids.iterator();
        while (each.hasNext())
        {
            final int id = each.nextValue();
            final DirectBuffer list = tree.acls().view(id);
            out.writeLong(id);
            out.writeBytes(list, 0, list.capacity());
        }
    }

    private void writeZnodes() throws IOException
    {
        final TreeCursor cursor = new TreeCursor(tree);
        cursor.begin(tree.root());
        while (cursor.next())
        {
            out.writeBuffer(cursor.path(), cursor.pathLength());
            writeZnode(cursor.node());
            znodeCount++;
            if ((znodeCount & PROGRESS_MASK) == 0)
            {
                progress.onProgress("znodes", znodeCount);
            }
        }
        out.writeInt(1);
        out.writeByte(SLASH);
    }

    private void writeZnode(final long node) throws IOException
    {
        tree.copyData(node, data, 0);
        out.writeBuffer(data, tree.dataLength(node));
        out.writeLong(tree.aclId(node));
        final NodeStats stats = tree.stats();
        out.writeLong(stats.czxid(node));
        out.writeLong(stats.mzxid(node));
        out.writeLong(stats.ctimeMs(node));
        out.writeLong(stats.mtimeMs(node));
        out.writeInt(stats.version(node));
        out.writeInt(stats.cversion(node));
        out.writeInt(stats.aversion(node));
        out.writeLong(tree.ephemeralOwner(node));
        out.writeLong(stats.pzxid(node));
    }

    private void seal() throws IOException
    {
        out.writeLong(out.sum());
        out.writeInt(1);
        out.writeByte(SLASH);
    }
}
