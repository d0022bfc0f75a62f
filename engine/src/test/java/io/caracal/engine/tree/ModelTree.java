/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The simplest possible tree, paths in a sorted map, with which the real one is compared. */
public final class ModelTree
{
    final TreeMap<String, ModelNode> nodes = new TreeMap<>();
    private long births;

    public ModelTree(final TestTree fresh)
    {
        final DataTree tree = fresh.tree();
        for (final String path : List.of("/", "/zookeeper", "/zookeeper/config", "/zookeeper/quota"))
        {
            final ModelNode node = new ModelNode(path, 0, 0, births++, 0, "", fresh.aclOf(fresh.find(path)));
            node.aversion = tree.stats().aversion(fresh.find(path));
            nodes.put(path, node);
        }
    }

    public ModelTree(final ModelTree other)
    {
        other.nodes.forEach((path, node) -> nodes.put(path, new ModelNode(node)));
        births = other.births;
    }

    static String parentOf(final String path)
    {
        final int slash = path.lastIndexOf('/');

        return slash == 0 ? "/" : path.substring(0, slash);
    }

    void create(final String path, final String data, final long owner, final String acl, final long zxid,
        final long timeMs)
    {
        nodes.put(path, new ModelNode(path, zxid, timeMs, births++, owner, data, acl));
        final ModelNode parent = nodes.get(parentOf(path));
        parent.cversion++;
        parent.pzxid = zxid;
    }

    void delete(final String path, final long zxid)
    {
        nodes.remove(path);
        nodes.get(parentOf(path)).pzxid = zxid;
    }

    private List<ModelNode> byBirth()
    {
        final List<ModelNode> byBirth = new ArrayList<>(nodes.values());
        byBirth.sort(Comparator.comparingLong((final ModelNode node) -> node.birth));

        return byBirth;
    }

    private long digest()
    {
        long sum = 0;
        for (final ModelNode node : nodes.values())
        {
            if (!node.path.startsWith("/zookeeper/"))
            {
                sum += crc(node);
            }
        }

        return sum;
    }

    private static long crc(final ModelNode node)
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(node.path.equals("/") ? new byte[0] : node.path.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(node.data == null ? new byte[0] : node.data.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(ByteBuffer.allocate(60).putLong(node.czxid).putLong(node.mzxid).putLong(node.pzxid)
            .putLong(node.ctimeMs).putLong(node.mtimeMs).putInt(node.version).putInt(node.cversion)
            .putInt(node.aversion).putLong(node.owner).array());
        final CRC32 crc = new CRC32();
        crc.update(bytes.toByteArray());

        return crc.getValue();
    }

    private long dataSize()
    {
        long size = 1;
        for (final ModelNode node : nodes.values())
        {
            size += node.path.equals("/") ? 0 : node.path.length();
            size += node.data == null ? 0 : node.data.getBytes(StandardCharsets.UTF_8).length;
        }

        return size;
    }

    /** Asserts that every znode, every order and every figure is the same. */
    public void assertEqualTo(final TestTree test)
    {
        final DataTree tree = test.tree();
        assertEquals(nodes.size(), tree.nodeCount());
        assertEquals(digest(), tree.digest(), "digest");
        assertEquals(dataSize(), tree.approximateDataSize(), "data size");
        final Map<String, List<String>> namesByParent = new TreeMap<>();
        for (final ModelNode node : byBirth())
        {
            if (!node.path.equals("/"))
            {
                final String name = node.path.substring(node.path.lastIndexOf('/') + 1);
                namesByParent.computeIfAbsent(parentOf(node.path), parent -> new ArrayList<>()).add(name);
            }
        }
        for (final ModelNode node : nodes.values())
        {
            assertNode(node, test);
            assertChildren(test.find(node.path), namesByParent.getOrDefault(node.path, List.of()), test);
        }
        assertFamilies(test);
        assertOwners(test);
    }

    /** Asserts what is below each znode, counted by walking up from every other one. */
    private void assertFamilies(final TestTree test)
    {
        final Map<String, long[]> below = new TreeMap<>();
        nodes.keySet().forEach(path -> below.put(path, new long[2]));
        for (final ModelNode node : nodes.values())
        {
            for (String path = node.path; !path.equals("/");)
            {
                path = parentOf(path);
                below.get(path)[0]++;
                below.get(path)[1] += node.data == null ? 0 : node.data.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        below.forEach((path, sums) ->
        {
            assertEquals(sums[0], test.tree().descendantCount(test.find(path)), path);
            assertEquals(sums[1], test.tree().descendantBytes(test.find(path)), path);
        });
    }

    private void assertNode(final ModelNode expected, final TestTree test)
    {
        final DataTree tree = test.tree();
        final long node = test.find(expected.path);
        assertNotEquals(DataTree.NONE, node, expected.path);
        assertEquals(expected.path, test.path(node));
        assertEquals(expected.czxid, tree.stats().czxid(node), expected.path);
        assertEquals(expected.mzxid, tree.stats().mzxid(node), expected.path);
        assertEquals(expected.pzxid, tree.stats().pzxid(node), expected.path);
        assertEquals(expected.ctimeMs, tree.stats().ctimeMs(node), expected.path);
        assertEquals(expected.mtimeMs, tree.stats().mtimeMs(node), expected.path);
        assertEquals(expected.version, tree.stats().version(node), expected.path);
        assertEquals(expected.cversion, tree.stats().cversion(node), expected.path);
        assertEquals(expected.aversion, tree.stats().aversion(node), expected.path);
        assertEquals(expected.owner, tree.ephemeralOwner(node), expected.path);
        assertEquals(expected.data, test.data(node), expected.path);
        assertEquals(expected.acl, test.aclOf(node), expected.path);
    }

    private static void assertChildren(final long node, final List<String> names, final TestTree test)
    {
        assertEquals(names, test.children(test.path(node)));
        assertEquals(names.size(), test.tree().childCount(node));
        for (final String name : names)
        {
            assertEquals(node, test.tree().parent(test.child(node, name)), name);
        }
    }

    private void assertOwners(final TestTree test)
    {
        final DataTree tree = test.tree();
        final List<String> containers = new ArrayList<>();
        final List<String> ttls = new ArrayList<>();
        final TreeMap<Long, List<String>> bySession = new TreeMap<>();
        int ephemerals = 0;
        for (final ModelNode node : byBirth())
        {
            switch (tree.ownerKinds().kind(node.owner))
            {
                case CONTAINER -> containers.add(node.path);
                case TTL -> ttls.add(node.path);
                case SESSION -> {
                    bySession.computeIfAbsent(node.owner, session -> new ArrayList<>()).add(node.path);
                    ephemerals++;
                }
                case NONE ->
                    {
                    }
            }
        }

        assertEquals(ephemerals, tree.owned().ephemeralCount());
        bySession.forEach((session, paths) -> assertEquals(paths, test.ephemerals(session)));
        bySession.forEach((session, paths) -> assertEquals(paths.size(), tree.owned().ephemeralCount(session)));
        assertEquals(new ArrayList<>(bySession.keySet()), sessions(tree));
        assertEquals(containers, test.containers());
        assertEquals(ttls, test.ttls());
    }

    private static List<Long> sessions(final DataTree tree)
    {
        final List<Long> sessions = new ArrayList<>();
        for (long cursor = tree.owned().nextOwner(0); cursor != 0; cursor = tree.owned().nextOwner(cursor))
        {
            sessions.add(tree.owned().ownerAt(cursor));
        }
        sessions.sort(null);

        return sessions;
    }
}
