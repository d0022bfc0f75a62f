/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TestTree;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReaperTest
{
    private static final long CHECK_MS = 60_000;
    private static final int PER_MINUTE = 60;
    private static final int CONTAINERS = 10;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();
    private TestTree tree;
    private Reaper reaper;
    private int reaped;
    private boolean isTaken = true;

    @BeforeEach
    void open()
    {
        tree = new TestTree(memory.ledger());
        for (int i = 0; i < CONTAINERS; i++)
        {
            tree.create("/c" + i, "", EphemeralOwner.CONTAINER);
        }
        reaper = new Reaper(tree.tree(), () -> new ReaperSettings(CHECK_MS, PER_MINUTE, 1), (path, length) ->
        {
            reaped += isTaken ? 1 : 0;
            return isTaken;
        }, 0);
    }

    @AfterEach
    void close()
    {
        tree.close();
    }

    private void workAt(final long ms)
    {
        reaper.doWork(TimeUnit.MILLISECONDS.toNanos(ms), CHECK_MS * 1_000_000);
    }

    @Test
    void shouldRemoveNoMoreInAMinuteThanIsPermitted()
    {
        workAt(CHECK_MS - 1);
        assertEquals(0, reaped, "it is not time for the first look");
        for (int second = 0; second < CONTAINERS; second++)
        {
            workAt(CHECK_MS + second * 1000L);
            workAt(CHECK_MS + second * 1000L + 999);
            assertEquals(second + 1, reaped, "after " + second + " seconds");
        }
        workAt(2 * CHECK_MS - 1);
        assertEquals(CONTAINERS, reaped, "each is looked at once in a check");
    }

    @Test
    void shouldTryAgainWhatCouldNotBeProposed()
    {
        isTaken = false;
        workAt(CHECK_MS);
        isTaken = true;
        workAt(CHECK_MS + 1);
        assertEquals(1, reaped);
        for (int second = 1; second < CONTAINERS; second++)
        {
            workAt(CHECK_MS + 1 + second * 1000L);
        }
        assertEquals(CONTAINERS, reaped);
    }
}
