/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.NewZnode;
import io.caracal.engine.tree.TestTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compares prefixes of paths with a byte-wise comparison of whole paths. */
class PathPrefixTest
{
    private static final String[] NAMES = { "a", "b", "ab", " ", "\u00e9", "a-name-that-has-a-block-of-its-own" };
    private static final int LEVELS = 5_000;
    private static final int LEVELS_BETWEEN = 25;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();
    private TestTree tree;
    private PathPrefix prefix;

    @BeforeEach
    void open()
    {
        tree = new TestTree(memory.ledger());
        prefix = new PathPrefix(tree.tree());
    }

    @AfterEach
    void close()
    {
        tree.close();
    }

    @Test
    void shouldMatchAsBytesDo()
    {
        final Random random = new Random(42);
        final List<String> paths = new ArrayList<>();
        for (int i = 0; i < 300; i++)
        {
            final String parent =
                paths.isEmpty() || random.nextInt(5) == 0 ? "" : paths.get(random.nextInt(paths.size()));
            final String path = parent + "/" + NAMES[random.nextInt(NAMES.length)];
            if (tree.find(path) == DataTree.NONE)
            {
                tree.create(path, null);
                paths.add(path);
            }
        }

        for (int i = 0; i < 500; i++)
        {
            final byte[] path = bytes(paths.get(random.nextInt(paths.size())));
            check(Arrays.copyOf(path, random.nextInt(path.length + 1)), paths);
        }
        for (final String odd : List.of("", " ", "/", " / ", "/\n", "//", "//a", "/a/", "/a//", "/a//b", "a", "a/b",
            "/ ", "/ /", "/zz", "/zz/", "/a/zz", "/a/zz/b", "/./a", " /a", "/a ", "/b/a/b/a/b/a/b/a/b/a/b/a/b"))
        {
            check(bytes(odd), paths);
        }
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void check(final byte[] begin, final List<String> paths)
    {
        final String trimmed = new String(begin, StandardCharsets.UTF_8).trim();
        final boolean isAll = trimmed.isEmpty() || trimmed.equals("/");
        prefix.set(new UnsafeBuffer(begin), 0, begin.length);
        for (final String each : paths)
        {
            final byte[] path = bytes(each);
            final boolean begins = path.length >= begin.length && Arrays.equals(path, 0, begin.length, begin, 0,
                begin.length);
            assertEquals(isAll || begins, prefix.matches(tree.find(each)), () -> trimmed + " of " + each);
        }
    }

    @Test
    void shouldTakeNullForAll()
    {
        tree.create("/a", null);
        prefix.set(new UnsafeBuffer(new byte[8]), 0, -1);

        assertTrue(prefix.matches(tree.find("/a")));
    }

    @Test
    void shouldNotGoAllTheWayUpFromEachDeepZnode()
    {
        final List<Long> leaves = new ArrayList<>();
        for (final String top : List.of("/c", "/d"))
        {
            long parent = tree.create(top, null);
            for (int i = 1; i <= LEVELS; i++)
            {
                parent = create(parent, "n");
                if (i % LEVELS_BETWEEN == 0)
                {
                    leaves.add(create(parent, "leaf"));
                }
            }
        }
        final UnsafeBuffer begin = TestTree.bytes("/zookeeper/x");
        prefix.set(begin, 0, begin.capacity());
        for (int i = 0; i < leaves.size() / 2; i++)
        {
            assertFalse(prefix.matches(leaves.get(leaves.size() - 1 - i)));
            assertFalse(prefix.matches(leaves.get(i)));
        }

        final long stepsMax = 2 * LEVELS + leaves.size() * (PathPrefix.STRIDE + 2L);
        final long stepsOfAll = (long)leaves.size() * LEVELS / 2;
        assertTrue(stepsMax < stepsOfAll / 4);
        assertTrue(prefix.stepCount() <= stepsMax, () -> prefix.stepCount() + " steps up");
    }

    private long create(final long parent, final String name)
    {
        final UnsafeBuffer bytes = TestTree.bytes(name);
        final NewZnode znode = new NewZnode().name(bytes, 0, bytes.capacity()).data(bytes, 0, 0)
            .acl(tree.tree().aclId(tree.tree().root()));

        return tree.tree().create(parent, znode, 1, tree.zxid(), 0);
    }
}
