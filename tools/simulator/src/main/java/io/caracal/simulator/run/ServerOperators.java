/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/** The operators of one server, who send it queries. Only the answers to a restore are read. */
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

    /** Sends the steps of a restore from now on. */
    void restore(final RestoreDriver driver)
    {
        restore = driver;
    }

    /** The process has gone, and with it the connection of the operator who restores. */
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
