/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.ServerStatusDecoder;
import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/** The operators of one server, who send it queries. Only its status and the answers to a restore are read. */
final class ServerOperators implements OperatorPort
{
    private final ArrayDeque<OperatorQuery> queries = new ArrayDeque<>();
    private final LongSupplier clock;
    private final StatusListener listener;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ServerStatusDecoder status = new ServerStatusDecoder();
    private RestoreDriver restore;
    private long statusQueryId;
    private long restoreQueryId;
    private long queryId;

    /** Is told what the server says of itself. */
    interface StatusListener
    {
        void onStatus(ServerStatusDecoder status);
    }

    ServerOperators(final LongSupplier clock, final StatusListener listener)
    {
        this.clock = clock;
        this.listener = listener;
    }

    void ask(final OperatorQuery query)
    {
        queries.add(query);
    }

    /** Whether the server has been asked for its status and has not answered yet. */
    boolean awaitsStatus()
    {
        return statusQueryId != 0 || queries.contains(OperatorQuery.STATUS);
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
            queryId++;
            statusQueryId = query == OperatorQuery.STATUS ? queryId : statusQueryId;
            handler.onQuery(queryId, query);
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
        if (id == statusQueryId)
        {
            listener.onStatus(status.wrapAndApplyHeader(buffer, offset, header));
        }
        else if (id == restoreQueryId && restore != null)
        {
            restore.onRecord(buffer, offset, length);
        }

        return true;
    }

    @Override
    public boolean complete(final long id, final int outcome)
    {
        if (id == statusQueryId)
        {
            statusQueryId = 0;
        }
        else if (id == restoreQueryId && restore != null)
        {
            restore.onComplete();
        }

        return true;
    }
}
