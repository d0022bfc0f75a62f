/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/** What an {@link OperatorPort} tells the engine. */
public interface OperatorHandler
{
    /**
     * One query.
     *
     * @param queryId chosen by the port, unique while the query is open.
     * @param query   what is asked.
     * @param details holds what else the query needs; copied before the call returns.
     * @param offset  of the details.
     * @param length  of the details in bytes, 0 when the query needs none.
     * @return false when too many queries are open: the port offers this one again at a later poll.
     */
    boolean onQuery(long queryId, OperatorQuery query, DirectBuffer details, int offset, int length);

    /**
     * One query without details.
     *
     * @param queryId chosen by the port, unique while the query is open.
     * @param query   what is asked.
     * @return as {@link #onQuery(long, OperatorQuery, DirectBuffer, int, int)}.
     */
    default boolean onQuery(final long queryId, final OperatorQuery query)
    {
        return onQuery(queryId, query, null, 0, 0);
    }

    /**
     * Nobody waits for the answer any more.
     *
     * @param queryId which query.
     */
    void onCancel(long queryId);
}
