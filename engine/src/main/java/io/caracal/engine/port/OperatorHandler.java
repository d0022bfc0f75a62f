/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** What an {@link OperatorPort} tells the engine. */
public interface OperatorHandler
{
    /**
     * One query.
     *
     * @param queryId  chosen by the port, unique while the query is open.
     * @param query    what is asked.
     * @param argument meaning depends on the query; 0 where there is none.
     * @return false when too many queries are open: the port offers it again at a later poll.
     */
    boolean onQuery(long queryId, OperatorQuery query, long argument);

    /**
     * Nobody waits for the answer any more.
     *
     * @param queryId which query.
     */
    void onCancel(long queryId);
}
