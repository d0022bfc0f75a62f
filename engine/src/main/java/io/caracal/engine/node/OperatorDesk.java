/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.engine.watch.WatchTable;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers queries of people and their tools. It answers one query at a time, with a bounded number of records in each
 * duty cycle, so that even a dump of everything delays nobody. A query whose reader is behind lets the others pass.
 */
final class OperatorDesk implements OperatorHandler
{
    /** Each may walk the watches. */
    private static final int OPEN_MAX = WatchTable.CURSORS_MAX;
    private static final int RECORDS_PER_CYCLE_MAX = 64;

    private final OperatorPort port;
    private final OperatorAnswers answers;
    /** The query that is answered next is the first. */
    private final ArrayDeque<Open> open = new ArrayDeque<>();

    OperatorDesk(final Node node)
    {
        port = node.context().ports().operators();
        answers = new OperatorAnswers(node);
    }

    /**
     * A query that is not completely answered. Its answer is made when its turn comes, so that it describes that
     * moment.
     */
    private static final class Open
    {
        private final long queryId;
        private final OperatorQuery query;
        private final DirectBuffer details;
        private final ExpandableArrayBuffer record = new ExpandableArrayBuffer();
        private OperatorAnswer answer;
        /** Length of the record that the port has not taken yet; {@link OperatorAnswer#NOTHING} when there is none. */
        private int recordLength = OperatorAnswer.NOTHING;

        private Open(final long queryId, final OperatorQuery query, final DirectBuffer details)
        {
            this.queryId = queryId;
            this.query = query;
            this.details = details;
        }
    }

    int doWork(final Role role)
    {
        return port.poll(this) + answerOne(role);
    }

    /**
     * Works on the first query whose reader is not behind. Those before it go to the end: they must not keep others
     * from their answers. All are tried, since a reader that has made room says so only once.
     */
    private int answerOne(final Role role)
    {
        int work = 0;
        for (int left = open.size(); left > 0 && work == 0; left--)
        {
            work = answerFirst(role);
            if (work == 0)
            {
                open.addLast(open.removeFirst());
            }
        }

        return work;
    }

    /** Returns work done, 0 when the reader is behind. */
    private int answerFirst(final Role role)
    {
        final Open first = open.peekFirst();
        if (!isForEveryRole(first.query) && !role.isServing())
        {
            return complete(first, OperatorPort.NOT_SERVING);
        }

        if (first.answer == null)
        {
            if (!port.begin(first.queryId))
            {
                open.removeFirst();
                return 1;
            }

            first.answer = answers.begin(first.query, first.details, role);
            if (first.answer == null)
            {
                return complete(first, OperatorPort.UNKNOWN);
            }
        }

        return handRecords(first);
    }

    /** Hands records to the port, a bounded number in each cycle. Returns work done. */
    private int handRecords(final Open first)
    {
        for (int i = 0; i < RECORDS_PER_CYCLE_MAX; i++)
        {
            if (first.recordLength == OperatorAnswer.NOTHING)
            {
                first.recordLength = first.answer.next(first.record);
            }

            if (first.recordLength == OperatorAnswer.END)
            {
                return i + complete(first, OperatorPort.OK);
            }

            if (first.recordLength != OperatorAnswer.NOTHING)
            {
                if (!port.answer(first.queryId, first.record, 0, first.recordLength))
                {
                    return i;
                }
                first.recordLength = OperatorAnswer.NOTHING;
            }
        }

        return RECORDS_PER_CYCLE_MAX;
    }

    private static boolean isForEveryRole(final OperatorQuery query)
    {
        return query == OperatorQuery.STATUS || query == OperatorQuery.TUNE;
    }

    private int complete(final Open first, final int outcome)
    {
        if (!port.complete(first.queryId, outcome))
        {
            return 0;
        }

        end(first);
        open.removeFirst();

        return 1;
    }

    private static void end(final Open query)
    {
        if (query.answer != null)
        {
            query.answer.close();
        }
    }

    @Override
    public boolean onQuery(final long queryId, final OperatorQuery query, final DirectBuffer details,
        final int offset, final int length)
    {
        if (open.size() >= OPEN_MAX)
        {
            return false;
        }

        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        if (length > 0)
        {
            copy.putBytes(0, details, offset, length);
        }
        open.addLast(new Open(queryId, query, copy));

        return true;
    }

    @Override
    public void onCancel(final long queryId)
    {
        final Iterator<Open> queries = open.iterator();
        while (queries.hasNext())
        {
            final Open query = queries.next();
            if (query.queryId == queryId)
            {
                end(query);
                queries.remove();
                return;
            }
        }
    }
}
