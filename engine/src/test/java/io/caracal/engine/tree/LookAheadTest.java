/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LookAheadTest
{
    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    /** Returns the sum of what is read of znodes on the way: the zxid of creation, and both ends of the payload. */
    private static long touch(final LookAhead ahead, final String... paths)
    {
        for (final String path : paths)
        {
            final UnsafeBuffer buffer = TestTree.bytes(path);
            ahead.add(buffer, 0, buffer.capacity());
        }

        final long before = ahead.touch();
        for (final String path : paths)
        {
            final UnsafeBuffer buffer = TestTree.bytes(path);
            ahead.add(buffer, 0, buffer.capacity());
        }

        return ahead.touch() - before;
    }

    @Test
    void shouldTouchZnodesAndPayloads()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            test.createAt("/a", "bcd", 0, test.tree().aclId(test.tree().root()), 1000, 1);
            test.createAt("/a/long-name-in-a-block-of-its-own", null, 0, test.tree().aclId(test.tree().root()), 20_000,
                1);
            final LookAhead ahead = test.tree().lookAhead();

            assertEquals(1000 + 'b' + 'd', touch(ahead, "/a"));
            assertEquals(20_000, touch(ahead, "/a/long-name-in-a-block-of-its-own"));
            assertEquals(21_000 + 'b' + 'd', touch(ahead, "/a", "/a/long-name-in-a-block-of-its-own"));
        }
    }

    @Test
    void shouldTouchNothingForWhatIsNotThere()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            final LookAhead ahead = test.tree().lookAhead();
            assertEquals(0, touch(ahead, "/", "", "a", "//", "/a/", "/missing", "/" + "x".repeat(300)));
            test.create("/a", "b");
            test.delete("/a");
            assertEquals(0, touch(ahead, "/a"));
        }
    }

    @Test
    void shouldLeaveOutWhatIsTooMuch()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            test.createAt("/a", null, 0, test.tree().aclId(test.tree().root()), 1, 1);
            final LookAhead ahead = test.tree().lookAhead();
            final String[] paths = new String[LookAhead.PATHS_MAX + 5];
            Arrays.fill(paths, "/a");

            assertEquals(LookAhead.PATHS_MAX, touch(ahead, paths));
        }
    }

    @Test
    void shouldGuessTheZnodeOfEachPathInTheOrderOfTheirPlaces()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            test.create("/a", null);
            test.create("/bc", null);
            final LookAhead ahead = test.tree().lookAhead();
            final UnsafeBuffer paths = TestTree.bytes("../a../missing../bc");
            ahead.add(paths, 2, 2);
            ahead.add(paths, 6, 8);
            ahead.add(paths, 16, 3);
            assertEquals(ReadableTree.NONE, ahead.guess(paths, 2), "nothing was looked for yet");
            ahead.touch();

            assertEquals(test.find("/a"), ahead.guess(paths, 2));
            assertEquals(test.find("/a"), ahead.guess(paths, 2), "asked for again");
            assertEquals(ReadableTree.NONE, ahead.guess(paths, 4), "no path begins here");
            assertEquals(ReadableTree.NONE, ahead.guess(paths, 6));
            assertEquals(test.find("/bc"), ahead.guess(paths, 16));
            assertEquals(ReadableTree.NONE, ahead.guess(paths, 2), "out of order");
        }
    }

    @Test
    void shouldGuessOnlyAmongThePathsThatWereTouchedLast()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            test.create("/a", null);
            final LookAhead ahead = test.tree().lookAhead();
            final UnsafeBuffer paths = TestTree.bytes("/a/b");
            ahead.add(paths, 0, 2);
            ahead.touch();
            ahead.add(paths, 2, 2);

            assertEquals(ReadableTree.NONE, ahead.guess(paths, 0));
            ahead.touch();
            assertEquals(ReadableTree.NONE, ahead.guess(paths, 0));
        }
    }

    /** The guess may be out of date by the time it is used. */
    @Test
    void shouldBeOfNoHarmWhenTheGuessIsWrong()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            test.create("/a", null);
            final LookAhead ahead = test.tree().lookAhead();
            final UnsafeBuffer path = TestTree.bytes("/a");
            ahead.add(path, 0, 2);
            ahead.touch();
            path.putByte(1, (byte)'b');
            assertEquals(ReadableTree.NONE, test.tree().find(ahead.guess(path, 0), path, 0, 2));

            path.putByte(1, (byte)'a');
            test.delete("/a");
            test.create("/c", null);
            assertEquals(ReadableTree.NONE, test.tree().find(ahead.guess(path, 0), path, 0, 2));
            test.create("/a", null);
            assertEquals(test.find("/a"), test.tree().find(ahead.guess(path, 0), path, 0, 2));
        }
    }

    @Test
    void shouldBeWorthwhileForALargeTreeOnly()
    {
        try (TestTree test = new TestTree(memory.ledger(), TestTree.SEED, false))
        {
            final LookAhead ahead = test.tree().lookAhead();
            while (test.tree().nodeCount() < LookAhead.ZNODES_MIN)
            {
                assertFalse(ahead.isWorthwhile());
                test.create("/" + test.tree().nodeCount(), null);
            }
            assertTrue(ahead.isWorthwhile());
        }
    }
}
