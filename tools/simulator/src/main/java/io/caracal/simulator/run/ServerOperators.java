/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/** People who demand things of one server; only those who restore read the answers. */
final class ServerOperators implements OperatorPort
{
    private final ArrayDeque<OperatorQuery> queries = new ArrayDeque<>();
    private final LongSupplier clock;
    private RestoreDriver restore;
    private long restoreQueryId;
    private long queryId;

    ServerOperators(final LongSupplier clock)
    {
        this.clock = clock;
    }

    void ask(final OperatorQuery query)
    {
        queries.add(query);
    }

    boolean isRestoring()
    {
        return restore != null;
    }

    /** From now on its steps are asked for. */
    void restore(final RestoreDriver driver)
    {
        restore = driver;
    }

    /** The process is gone, and whoever was connected to it as well. */
    void close()
    {
        if (restore != null)
        {
            restore.end();
            restore = null;
        }
    }

    @Override
    public int poll(final OperatorHandler handler)
    {
        final long nowNs = clock.getAsLong();
        final OperatorQuery query = queries.pollFirst();

        if (query != null)
        {
            handler.onQuery(++queryId, query);
        }
        else if (restore != null && restore.wants(nowNs))
        {
            restoreQueryId = ++queryId;
            handler.onQuery(restoreQueryId, OperatorQuery.RESTORE, restore.step(), 0, restore.ask(nowNs));
            return 1;
        }
        else if (restore != null && restore.isOver())
        {
            restore = null;
        }

        return query == null ? 0 : 1;
    }

    @Override
    public boolean begin(final long id)
    {
        return true;
    }

    @Override
    public boolean answer(final long id, final DirectBuffer buffer, final int offset, final int length)
    {
        if (id == restoreQueryId && restore != null)
        {
            restore.onRecord(buffer, offset, length);
        }

        return true;
    }

    @Override
    public boolean complete(final long id, final int outcome)
    {
        if (id == restoreQueryId && restore != null)
        {
            restore.onComplete();
        }

        return true;
    }
}
