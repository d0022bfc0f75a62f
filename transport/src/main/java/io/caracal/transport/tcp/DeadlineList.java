/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

/**
 * Connections in the order of their deadlines. All of one list have the same time-out, so whoever comes last is due
 * last: adding, removing and finding the next are single steps, however many there are. A connection is in one list
 * at most.
 */
final class DeadlineList
{
    private final long timeoutNs;
    private Connection first;
    private Connection last;

    DeadlineList(final long timeoutNs)
    {
        this.timeoutNs = timeoutNs;
    }

    void add(final Connection connection, final long nowNs)
    {
        connection.leaveDeadlines();
        connection.deadlines = this;
        connection.deadlineNs = nowNs + timeoutNs;
        connection.earlier = last;

        if (last == null)
        {
            first = connection;
        }
        else
        {
            last.later = connection;
        }

        last = connection;
    }

    void remove(final Connection connection)
    {
        if (connection.earlier == null)
        {
            first = connection.later;
        }
        else
        {
            connection.earlier.later = connection.later;
        }

        if (connection.later == null)
        {
            last = connection.earlier;
        }
        else
        {
            connection.later.earlier = connection.earlier;
        }

        connection.earlier = null;
        connection.later = null;
        connection.deadlines = null;
    }

    /** A connection whose deadline is over, or null; it stays in the list until removed. */
    Connection due(final long nowNs)
    {
        return first != null && nowNs - first.deadlineNs >= 0 ? first : null;
    }

    long nextDeadlineNs()
    {
        return first == null ? Long.MAX_VALUE : first.deadlineNs;
    }
}
