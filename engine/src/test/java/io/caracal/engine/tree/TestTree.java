/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.MemoryLedger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A tree that is used with strings. */
public final class TestTree implements AutoCloseable
{
    public static final long SEED = 0x1234_5678_9ABC_DEF0L;

    private final DataTree tree;
    private long zxid;

    public TestTree(final MemoryLedger ledger)
    {
        this(ledger, SEED, true);
    }

    public TestTree(final MemoryLedger ledger, final long seed, final boolean keepsDigest)
    {
        tree = new DataTree(ledger, new TreeOptions(seed, keepsDigest, new EphemeralOwner(true, false)));
    }

    public DataTree tree()
    {
        return tree;
    }

    public long zxid()
    {
        return zxid;
    }

    public static UnsafeBuffer bytes(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    public long find(final String path)
    {
        final UnsafeBuffer buffer = bytes(path);

        return tree.find(buffer, 0, buffer.capacity());
    }

    public long child(final long parent, final String name)
    {
        final UnsafeBuffer buffer = bytes(name);

        return tree.child(parent, buffer, 0, buffer.capacity());
    }

    public int acl(final int permissions, final String scheme, final String id)
    {
        final ExpandableArrayBuffer acl = new ExpandableArrayBuffer();
        acl.putInt(0, 1, ByteOrder.BIG_ENDIAN);
        acl.putInt(4, permissions, ByteOrder.BIG_ENDIAN);
        int length = 8;
        length += acl.putStringUtf8(length, scheme, ByteOrder.BIG_ENDIAN);
        length += acl.putStringUtf8(length, id, ByteOrder.BIG_ENDIAN);

        return tree.acls().intern(acl, 0, length);
    }

    /** Creates a znode at the next zxid, with the root's ACL. */
    public long create(final String path, final String data)
    {
        return create(path, data, EphemeralOwner.NONE);
    }

    public long create(final String path, final String data, final long owner)
    {
        return createAt(path, data, owner, tree.aclId(tree.root()), ++zxid, 1000 + zxid);
    }

    public long createAt(final String path, final String data, final long owner, final int aclId, final long atZxid,
        final long timeMs)
    {
        zxid = atZxid;
        final int slash = path.lastIndexOf('/');
        final long parent = find(path.substring(0, slash));
        final UnsafeBuffer name = bytes(path.substring(slash + 1));
        final UnsafeBuffer payload = bytes(data == null ? "" : data);

        final int dataLength = data == null ? -1 : payload.capacity();
        final NewZnode znode = new NewZnode().name(name, 0, name.capacity()).data(payload, 0, dataLength).acl(aclId)
            .ephemeralOwner(owner);

        return tree.create(parent, znode, tree.stats().cversion(parent) + 1, atZxid, timeMs);
    }

    public void setData(final String path, final String data)
    {
        final long node = find(path);
        setDataAt(path, data, tree.stats().version(node) + 1, ++zxid, 1000 + zxid);
    }

    public void setDataAt(final String path, final String data, final int version, final long atZxid, final long timeMs)
    {
        zxid = atZxid;
        final UnsafeBuffer payload = bytes(data == null ? "" : data);
        tree.setData(find(path), payload, 0, data == null ? -1 : payload.capacity(), version, atZxid, timeMs);
    }

    public void delete(final String path)
    {
        tree.delete(find(path), ++zxid);
    }

    public String path(final long node)
    {
        final UnsafeBuffer target = new UnsafeBuffer(new byte[tree.pathLength(node)]);
        tree.copyPath(node, target, 0);

        return new String(target.byteArray(), StandardCharsets.UTF_8);
    }

    public String name(final long node)
    {
        final UnsafeBuffer target = new UnsafeBuffer(new byte[tree.nameLength(node)]);
        tree.copyName(node, target, 0);

        return new String(target.byteArray(), StandardCharsets.UTF_8);
    }

    public String data(final long node)
    {
        if (tree.dataLength(node) < 0)
        {
            return null;
        }
        final UnsafeBuffer target = new UnsafeBuffer(new byte[tree.dataLength(node)]);
        tree.copyData(node, target, 0);

        return new String(target.byteArray(), StandardCharsets.UTF_8);
    }

    public String aclOf(final long node)
    {
        final UnsafeBuffer target = new UnsafeBuffer(new byte[tree.acls().length(tree.aclId(node))]);
        tree.acls().copy(tree.aclId(node), target, 0);

        return new String(target.byteArray(), StandardCharsets.ISO_8859_1);
    }

    public List<String> children(final String path)
    {
        final List<String> names = new ArrayList<>();
        for (long child = tree.firstChild(find(path)); child != DataTree.NONE; child = tree.nextSibling(child))
        {
            names.add(name(child));
        }

        return names;
    }

    public List<String> ephemerals(final long sessionId)
    {
        final List<String> paths = new ArrayList<>();
        for (long node = tree.owned().firstOfSession(sessionId); node != DataTree.NONE; node = tree.owned().next(node))
        {
            paths.add(path(node));
        }

        return paths;
    }

    public List<String> containers()
    {
        final List<String> paths = new ArrayList<>();
        for (long node = tree.owned().firstContainer(); node != DataTree.NONE; node = tree.owned().next(node))
        {
            paths.add(path(node));
        }

        return paths;
    }

    public List<String> ttls()
    {
        final List<String> paths = new ArrayList<>();
        for (long node = tree.owned().firstTtl(); node != DataTree.NONE; node = tree.owned().next(node))
        {
            paths.add(path(node));
        }

        return paths;
    }

    @Override
    public void close()
    {
        tree.close();
    }
}
