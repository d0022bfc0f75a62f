/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;

/** People who demand things of one server, and do not read the answers. */
final class ServerOperators implements OperatorPort
{
    private final ArrayDeque<OperatorQuery> queries = new ArrayDeque<>();
    private long queryId;

    void ask(final OperatorQuery query)
    {
        queries.add(query);
    }

    @Override
    public int poll(final OperatorHandler handler)
    {
        final OperatorQuery query = queries.pollFirst();

        if (null != query)
        {
            handler.onQuery(++queryId, query, 0);
        }

        return null == query ? 0 : 1;
    }

    @Override
    public boolean begin(final long id)
    {
        return true;
    }

    @Override
    public boolean answer(final long id, final DirectBuffer buffer, final int offset, final int length)
    {
        return true;
    }

    @Override
    public boolean complete(final long id, final int outcome)
    {
        return true;
    }
}
