/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro.memory;

import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.CatchUpHandler;

/** Offers other servers no history. None is needed, because all servers begin at the same time without data. */
final class MemoryCatchUp implements CatchUp
{
    @Override
    public long firstZxid()
    {
        return 0;
    }

    @Override
    public long snapshotZxid()
    {
        return NONE;
    }

    @Override
    public boolean openLog(final long readId, final long afterZxid, final long upToZxid)
    {
        return false;
    }

    @Override
    public void extend(final long readId, final long upToZxid)
    {
        // nothing is open
    }

    @Override
    public boolean openSnapshot(final long readId)
    {
        return false;
    }

    @Override
    public int poll(final CatchUpHandler handler)
    {
        return 0;
    }

    @Override
    public void close(final long readId)
    {
        // nothing is open
    }
}
