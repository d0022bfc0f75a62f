/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/** What an {@link OperatorPort} tells the engine. */
public interface OperatorHandler
{
    /**
     * One query.
     *
     * @param queryId  chosen by the port, unique while the query is open.
     * @param query    what is asked.
     * @param argument meaning depends on the query; 0 where there is none.
     * @param details  holds what else the query needs; copied before the call returns.
     * @param offset   of the details.
     * @param length   of the details in bytes, 0 where the query needs none.
     * @return false when too many queries are open: the port offers it again at a later poll.
     */
    boolean onQuery(long queryId, OperatorQuery query, long argument, DirectBuffer details, int offset, int length);

    /**
     * One query without details.
     *
     * @param queryId  chosen by the port, unique while the query is open.
     * @param query    what is asked.
     * @param argument meaning depends on the query; 0 where there is none.
     * @return as {@link #onQuery(long, OperatorQuery, long, DirectBuffer, int, int)}.
     */
    default boolean onQuery(final long queryId, final OperatorQuery query, final long argument)
    {
        return onQuery(queryId, query, argument, null, 0, 0);
    }

    /**
     * Nobody waits for the answer any more.
     *
     * @param queryId which query.
     */
    void onCancel(long queryId);
}
