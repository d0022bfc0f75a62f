/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends the queries that the test adds, and keeps the answers. */
final class SilentOperators implements OperatorPort
{
    private static final long RESTORE_ID = 1000;

    final List<OperatorQuery> queries = new ArrayList<>();
    final List<byte[]> records = new ArrayList<>();
    final List<byte[]> restoreSteps = new ArrayList<>();
    final List<OperatorQuery> cancelled = new ArrayList<>();
    /** Whether the reader is behind, so that answers are refused. */
    boolean isBehind;
    /** Queries whose readers are behind while others are not. */
    final Set<OperatorQuery> behind = EnumSet.noneOf(OperatorQuery.class);
    int completed;
    int lastOutcome;

    @Override
    public int poll(final OperatorHandler handler)
    {
        final int count = queries.size();
        queries.forEach(query -> handler.onQuery(idOf(query), query));
        queries.clear();
        cancelled.forEach(query -> handler.onCancel(idOf(query)));
        cancelled.clear();
        restoreSteps.forEach(step -> handler.onQuery(RESTORE_ID, OperatorQuery.RESTORE, new UnsafeBuffer(step), 0,
            step.length));
        restoreSteps.clear();
        return count;
    }

    private static long idOf(final OperatorQuery query)
    {
        return query.ordinal() + 1L;
    }

    private boolean isBehind(final long queryId)
    {
        return isBehind || behind.stream().anyMatch(query -> idOf(query) == queryId);
    }

    @Override
    public boolean begin(final long queryId)
    {
        return true;
    }

    @Override
    public boolean answer(final long queryId, final DirectBuffer buffer, final int offset, final int length)
    {
        if (isBehind(queryId))
        {
            return false;
        }

        final byte[] record = new byte[length];
        buffer.getBytes(offset, record);
        records.add(record);
        return true;
    }

    @Override
    public boolean complete(final long queryId, final int outcome)
    {
        if (isBehind(queryId))
        {
            return false;
        }

        completed++;
        lastOutcome = outcome;
        return true;
    }
}
