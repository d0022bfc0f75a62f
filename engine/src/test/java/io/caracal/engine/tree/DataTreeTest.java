/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.protocol.ReadStat;
import io.caracal.engine.protocol.StatEncoder;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DataTreeTest
{
    private static final String OPEN = "\0\0\0\1\0\0\0\37\0\0\0\5world\0\0\0\6anyone";
    private static final String READ_ONLY = "\0\0\0\1\0\0\0\1\0\0\0\5world\0\0\0\6anyone";

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private TestTree test;
    private DataTree tree;

    @BeforeEach
    void create()
    {
        test = new TestTree(memory.ledger());
        tree = test.tree();
    }

    @AfterEach
    void close()
    {
        test.close();
    }

    /** Returns the stat that clients see of a znode. */
    private ReadStat stat(final long node)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[StatEncoder.LENGTH]);
        tree.encodeStat(node, new StatEncoder().wrap(bytes, 0));

        return ReadStat.at(bytes, 0);
    }

    private static NewZnode named(final String name, final int acl)
    {
        return new NewZnode().name(TestTree.bytes(name), 0, name.length()).data(TestTree.bytes(""), 0, 0).acl(acl);
    }

    @Test
    void shouldTakeNothingFromTheZnodeCreatedBefore()
    {
        final NewZnode znode = named("a", tree.aclId(tree.root())).ephemeralOwner(7);
        final long first = tree.create(tree.root(), znode, 1, 20, 1000);
        assertEquals(7, tree.ephemeralOwner(first));
        znode.name(TestTree.bytes("b"), 0, 1).acl(tree.aclId(tree.root()));
        final long second = tree.create(tree.root(), znode, 2, 21, 1000);
        assertEquals(0, tree.ephemeralOwner(second));
        assertNull(test.data(second));
        assertThrows(BrokenInvariantException.class, () -> tree.create(tree.root(), znode.name(TestTree.bytes("c"), 0,
            1), 3, 22, 1000), "it has no ACL");
    }

    @Test
    void shouldBeginAsZooKeeperDoes()
    {
        assertEquals(4, tree.nodeCount());
        assertEquals(44, tree.approximateDataSize());
        assertEquals(0, tree.owned().ephemeralCount());
        assertEquals(List.of("zookeeper"), test.children("/"));
        assertEquals(OPEN, test.aclOf(tree.root()));
        assertEquals(OPEN, test.aclOf(test.find("/zookeeper")));
        assertEquals(OPEN, test.aclOf(test.find("/zookeeper/quota")));
        assertEquals(READ_ONLY, test.aclOf(test.find("/zookeeper/config")));
        assertEquals(-1, stat(tree.root()).cversion());
        assertEquals(-2, stat(test.find("/zookeeper")).cversion());
        final ReadStat config = stat(test.find("/zookeeper/config"));
        assertEquals(0, config.version());
        assertEquals(-1, config.aversion());
        assertEquals(0, config.dataLength());
        assertEquals(0, tree.dataLength(test.find("/zookeeper/config")));
    }

    @Test
    void shouldKeepTheStatAsEachChangeSays()
    {
        test.createAt("/a", "xy", 0, tree.aclId(tree.root()), 10, 1000);
        test.createAt("/a/b", null, 0, tree.aclId(tree.root()), 11, 1100);
        test.createAt("/a/c", null, 0, tree.aclId(tree.root()), 12, 1200);
        test.setDataAt("/a", "xyz", 1, 13, 1300);
        tree.delete(test.find("/a/b"), 14);
        final int acl = test.acl(1, "ip", "10.0.0.1");
        tree.setAcl(test.find("/a"), acl, 1);
        tree.acls().release(acl);

        final ReadStat expected = new ReadStat(10, 13, 1000, 1300, 1, 3, 1, 0, 3, 1, 14);
        assertEquals(expected, stat(test.find("/a")), "its cversion tells of two creates and a delete");
        assertEquals(2, tree.stats().cversion(test.find("/a")), "two creates");
        assertEquals(44 + 2 + 3 + 4, tree.approximateDataSize());
    }

    @Test
    void shouldRaiseTheParentOnly()
    {
        final long parent = test.createAt("/a", "", 0, tree.aclId(tree.root()), 10, 1000);
        final int acl = tree.aclId(tree.root());
        tree.create(parent, named("b", acl), 7, 20, 1000);
        tree.create(parent, named("c", acl), 3, 21, 1000);
        assertEquals(7, tree.stats().cversion(parent));
        tree.delete(test.find("/a/b"), 5);
        assertEquals(21, tree.stats().pzxid(parent));
    }

    @Test
    void shouldLetTheCversionWrap()
    {
        final long parent = test.create("/a", "");
        final int acl = tree.aclId(tree.root());
        tree.create(parent, named("b", acl), Integer.MAX_VALUE, 20, 1000);
        tree.create(parent, named("c", acl), Integer.MIN_VALUE, 21, 1000);
        assertEquals(Integer.MIN_VALUE, tree.stats().cversion(parent));
    }

    @Test
    void shouldTellNullFromEmpty()
    {
        assertNull(test.data(test.create("/null", null)));
        assertEquals("", test.data(test.create("/empty", "")));
        test.setData("/null", "");
        test.setData("/empty", null);
        assertEquals("", test.data(test.find("/null")));
        assertEquals(-1, tree.dataLength(test.find("/empty")));
        assertEquals(0, stat(test.find("/empty")).dataLength());
    }

    @Test
    void shouldReplaceQuotaUsageWithoutATrace()
    {
        final long node = test.createAt("/usage", "count=1", 0, tree.aclId(tree.root()), 10, 1000);
        tree.replaceData(node, TestTree.bytes("count=12"), 0, 8);
        assertEquals("count=12", test.data(node));
        assertEquals(0, stat(node).version());
        assertEquals(10, stat(node).mzxid());
        assertEquals(1000, stat(node).mtimeMs());
        assertEquals(44 + 6 + 8, tree.approximateDataSize());
    }

    @Test
    void shouldCountPathsInUtf16Units()
    {
        test.create("/ä\u20AC\uD83D\uDC31", "");
        assertEquals(44 + 1 + 1 + 1 + 2, tree.approximateDataSize());
        test.delete("/ä\u20AC\uD83D\uDC31");
        assertEquals(44, tree.approximateDataSize());
    }

    @Test
    void shouldKeepChildrenAndEphemeralsInOrderOfCreation()
    {
        for (final String name : new String[]{ "c", "a", "d", "b" })
        {
            test.create("/" + name, "", 7);
        }
        assertEquals(List.of("zookeeper", "c", "a", "d", "b"), test.children("/"));
        assertEquals(List.of("/c", "/a", "/d", "/b"), test.ephemerals(7));
        test.delete("/a");
        test.delete("/b");
        test.create("/a", "", 7);
        assertEquals(List.of("/c", "/d", "/a"), test.ephemerals(7));
        assertEquals(List.of(), test.ephemerals(8));
        assertEquals(3, tree.owned().ephemeralCount());
        assertEquals(7, stat(test.find("/a")).ephemeralOwner());
    }

    @Test
    void shouldLeadFromOwnerToOwnerWhileTheyGo()
    {
        for (int session = 1; session <= 100; session++)
        {
            test.create("/e" + session, "", session);
        }
        test.create("/container", "", EphemeralOwner.CONTAINER);
        int met = 0;
        for (long cursor = tree.owned().nextOwner(0); cursor != 0; cursor = tree.owned().nextOwner(cursor))
        {
            test.delete("/e" + tree.owned().ownerAt(cursor));
            met++;
        }
        assertEquals(100, met);
        assertEquals(0, tree.owned().ephemeralCount());
        assertEquals(List.of("/container"), test.containers());
    }

    @Test
    void shouldCopyPathsIntoBuffersThatGrow()
    {
        final String path = "/" + "p".repeat(1000);
        final long node = test.create(path, "");
        final ExpandableArrayBuffer target = new ExpandableArrayBuffer(16);
        assertEquals(path.length(), tree.copyPath(node, target, 100));
        assertEquals(path, target.getStringWithoutLengthAscii(100, path.length()));
        assertEquals(1, tree.copyPath(tree.root(), target, 0));
        assertEquals('/', target.getByte(0));
    }

    @Test
    void shouldForgetEverythingAtAReset()
    {
        final long fresh = tree.digest();
        test.create("/a", "x".repeat(100_000), 7);
        tree.reset();
        assertEquals(DataTree.NONE, test.find("/a"));
        assertEquals(fresh, tree.digest());
        assertEquals(4, tree.nodeCount());
        assertEquals(44, tree.approximateDataSize());
        assertEquals(0, tree.owned().ephemeralCount());
        test.create("/a", "");
    }

    @Test
    void shouldStopAtWhatATransactionCannotSay()
    {
        test.create("/a", "");
        test.create("/a/b", "");
        assertThrows(BrokenInvariantException.class, () -> test.create("/a", ""), "it exists");
        assertThrows(BrokenInvariantException.class, () -> test.delete("/a"), "it has children");
        assertThrows(BrokenInvariantException.class, () -> tree.delete(DataTree.NONE, 1), "no znode");
        assertThrows(BrokenInvariantException.class,
            () -> test.createAt("/c", "", 0, tree.aclId(tree.root()), 0, 0), "an earlier zxid");
        final long gone = test.find("/a/b");
        test.delete("/a/b");
        assertThrows(BrokenInvariantException.class, () -> tree.delete(gone, 100), "it is gone");
    }
}
