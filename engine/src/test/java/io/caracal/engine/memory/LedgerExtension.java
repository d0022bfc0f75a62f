/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test a ledger, and fails a test that leaves native memory allocated:
 * {@code @RegisterExtension final LedgerExtension memory = new LedgerExtension();}
 */
public final class LedgerExtension implements BeforeEachCallback, AfterEachCallback
{
    private MemoryLedger ledger;

    @Override
    public void beforeEach(final ExtensionContext context)
    {
        ledger = new MemoryLedger();
    }

    public MemoryLedger ledger()
    {
        return ledger;
    }

    @Override
    public void afterEach(final ExtensionContext context)
    {
        assertZero(ledger);
    }

    public static void assertZero(final MemoryLedger ledger)
    {
        for (final MemoryTag tag : MemoryTag.values())
        {
            assertEquals(0, ledger.bytes(tag), () -> "bytes left behind under " + tag);
            assertEquals(0, ledger.usedBytes(tag), () -> "bytes still counted as in use under " + tag);
        }
        assertEquals(0, ledger.totalBytes(), "bytes left behind");
    }
}
