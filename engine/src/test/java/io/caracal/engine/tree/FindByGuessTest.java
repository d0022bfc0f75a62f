/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.memory.LedgerExtension;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FindByGuessTest
{
    private static final int STEPS = 2_000;
    private static final int GUESSES_KEPT = 64;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    @Test
    void shouldTakeNoOtherZnodeForTheOneThatWasThere()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            final long first = test.create("/a", "1");
            assertEquals(first, find(test, first, "/a"));
            assertEquals(DataTree.NONE, find(test, first, "/b"));
            assertEquals(test.tree().root(), find(test, first, "/"));

            test.delete("/a");
            assertEquals(DataTree.NONE, find(test, first, "/a"));
            final long second = test.create("/b", "2");
            assertEquals(first, second, "the number is not used again: this test shows nothing");
            assertEquals(DataTree.NONE, find(test, first, "/a"));
            assertEquals(second, find(test, DataTree.NONE, "/b"));
        }
    }

    @Test
    void shouldAnswerTheSameWhateverTheGuess()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            final RandomChanges changes = new RandomChanges(test, 20_261_126);
            final SeededRandom random = new SeededRandom(7);
            final List<Long> guesses = new ArrayList<>(List.of(DataTree.NONE, -1L, (long)Integer.MAX_VALUE));
            for (int i = 0; i < STEPS; i++)
            {
                changes.apply();
                final List<String> paths = List.copyOf(changes.model().nodes.keySet());
                final String path = paths.get(random.nextInt(paths.size()));
                final long node = test.find(path);
                for (final long guess : guesses)
                {
                    assertEquals(node, find(test, guess, path), path);
                    assertEquals(DataTree.NONE, find(test, guess, path + "/never"), path);
                }
                guesses.set(guesses.size() < GUESSES_KEPT ? grown(guesses) : random.nextInt(GUESSES_KEPT), node);
            }
        }
    }

    private static int grown(final List<Long> guesses)
    {
        guesses.add(DataTree.NONE);

        return guesses.size() - 1;
    }

    private static long find(final TestTree test, final long guess, final String path)
    {
        final UnsafeBuffer bytes = TestTree.bytes(path);

        return test.tree().find(guess, bytes, 0, bytes.capacity());
    }
}
