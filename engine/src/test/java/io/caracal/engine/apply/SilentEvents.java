/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.DirectBuffer;

/** Ignores the events, but checks that each names its znode. */
final class SilentEvents implements TxnEvents
{
    @Override
    public void onCreated(final long zxid, final DirectBuffer path, final int offset, final int length, final long node)
    {
        assertTrue(length > 0);
    }

    @Override
    public void onDeleting(final long zxid, final DirectBuffer path, final int offset, final int length,
        final long node)
    {
        assertTrue(length > 0);
    }

    @Override
    public void onDataChanged(final long zxid, final DirectBuffer path, final int offset, final int length,
        final long node)
    {
        assertTrue(length > 0);
    }
}
