/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

/**
 * Connections in the order of their deadlines. All connections of one list have the same time-out, so the last one
 * added is due last. Adding, removing and finding the next one therefore take constant time. A connection is in one
 * list at most.
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

    /** Returns a connection whose deadline has passed, or null. It stays in the list until it is removed. */
    Connection due(final long nowNs)
    {
        return first != null && nowNs - first.deadlineNs >= 0 ? first : null;
    }

    long nextDeadlineNs()
    {
        return first == null ? Long.MAX_VALUE : first.deadlineNs;
    }
}
