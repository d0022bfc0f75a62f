/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.caracal.engine.memory.LedgerExtension;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PathIndexTest
{
    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    @Test
    void shouldFindNamesOfAllLengthsAtAllDepths()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            String path = "";
            for (int length = 1; length <= 40; length++)
            {
                path += "/" + "x".repeat(length);
                assertEquals(DataTree.NONE, test.find(path));
                final long node = test.create(path, "");
                assertEquals(node, test.find(path));
                assertEquals(path, test.path(node));
                assertEquals("x".repeat(length), test.name(node));
                assertEquals(DataTree.NONE, test.find(path + "x"));
            }
        }
    }

    @Test
    void shouldFindAPathAnywhereInABuffer()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            test.create("/app", "");
            final long node = test.create("/app/node-0000000001", "");
            final String path = "/app/node-0000000001";
            for (int offset = 0; offset < 9; offset++)
            {
                final UnsafeBuffer exact = TestTree.bytes("#".repeat(offset) + path);
                assertEquals(node, test.tree().find(exact, offset, path.length()));
                final UnsafeBuffer longer = TestTree.bytes("/".repeat(offset) + path + "/0/");
                assertEquals(node, test.tree().find(longer, offset, path.length()));
                assertEquals(node, test.tree().child(test.find("/app"), longer, offset + 5, path.length() - 5));
            }
        }
    }

    @Test
    void shouldTakeMalformedPathsForMissing()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            test.create("/a", "");
            test.create("/a/b", "");
            assertEquals(test.tree().root(), test.find(""));
            assertEquals(test.tree().root(), test.find("/"));
            for (final String path : new String[]{ "a", "//a", "/a/", "/a//b", "//", "/a/b/", "a/b", "abc", "/b",
                "/a/a",
                "x/a", "/a\0", "///a/b" })
            {
                assertEquals(DataTree.NONE, test.find(path), path);
            }
            assertEquals(DataTree.NONE, test.child(test.find("/a"), ""));
            assertEquals(DataTree.NONE, test.child(test.tree().root(), "a/b"));
        }
    }

    @Test
    void shouldHashPathsAndNamesAlikeAndDifferentlyForEachSeed()
    {
        final SeededHash hashes = new SeededHash(1);
        final UnsafeBuffer path = TestTree.bytes("/exactly8/12345678/a-longer-name-of-the-path/x");
        int hash = hashes.root();
        for (final String name : new String[]{ "exactly8", "12345678", "a-longer-name-of-the-path", "x" })
        {
            final UnsafeBuffer bytes = TestTree.bytes(name);
            hash = hashes.child(hash, bytes, 0, bytes.capacity());
        }
        assertEquals(hash, hashes.path(path, 0, path.capacity()));
        assertNotEquals(hash, new SeededHash(2).path(path, 0, path.capacity()));
    }
}
