/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.memory.LedgerExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataTreeModelTest
{
    private static final int TXNS = 4000;
    private static final int COMPARE_EVERY = 500;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldAgreeWithTheModel(final long seed)
    {
        try (TestTree test = new TestTree(memory.ledger(), seed, true))
        {
            final RandomChanges changes = new RandomChanges(test, seed);
            for (int i = 0; i < TXNS; i++)
            {
                changes.apply();
                if (i % COMPARE_EVERY == 0)
                {
                    changes.model().assertEqualTo(test);
                }
            }
            changes.model().assertEqualTo(test);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 4, 5 })
    void shouldAgreeWithTheModelOfAFreshTreeAfterAReset(final long seed)
    {
        try (TestTree test = new TestTree(memory.ledger(), seed, true))
        {
            final long fresh = memory.ledger().totalBytes();
            for (int round = 0; round < 3; round++)
            {
                final RandomChanges changes = new RandomChanges(test, seed + round);
                for (int i = 0; i < TXNS; i++)
                {
                    changes.apply();
                }
                changes.model().assertEqualTo(test);
                test.tree().reset();
                assertEquals(fresh, memory.ledger().totalBytes());
            }
        }
    }
}
