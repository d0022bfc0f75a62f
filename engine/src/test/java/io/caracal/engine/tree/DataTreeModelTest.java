/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

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
}
