/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;
import org.agrona.DirectBuffer;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.memory.MemoryLedger;
/** temp */
public final class QuotaTable implements AutoCloseable
{
    public QuotaTable(final DataTree t, final MemoryLedger l)
    {
    }

    public boolean check(DirectBuffer p, int o, int l, long b, long c)
    {
        return true;
    }

    public void onCreated(DirectBuffer p, int o, int l, long n)
    {
    }

    public void onDeleted(DirectBuffer p, int o, int l, int d)
    {
    }

    public void onDataChanged(DirectBuffer p, int o, int l, int d, long n)
    {
    }

    public void rebuild()
    {
    }

    @Override
    public void close()
    {
    }
}
