/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/**
 * The door for operators and their tools. Four-letter words, admin commands and metrics arrive as queries and are
 * answered in records, a bounded slice per duty cycle. The engine never formats text.
 */
public interface OperatorPort
{
    /** Outcome of a query: answered completely. */
    int OK = 0;

    /** Outcome of a query: the server does not serve at the moment. */
    int NOT_SERVING = 1;

    /** Outcome of a query: this engine does not know it, or its details are malformed. */
    int UNKNOWN = 2;

    /**
     * Delivers queries.
     *
     * @param handler receives them.
     * @return amount of work done, 0 when there was none.
     */
    int poll(OperatorHandler handler);

    /**
     * Called once for each query, when its turn has come and before it has any effect. A query that has begun is
     * carried out in the same call of the engine, so its sender knows for certain whether it took effect.
     *
     * @param queryId which query.
     * @return false when the sender has given up: the query has no effect and gets no answer.
     */
    boolean begin(long queryId);

    /**
     * Hands over one record of an answer: an SBE message of schema {@code operator.xml}, header included.
     *
     * @param queryId which query it answers.
     * @param buffer  holds the record; copied before the call returns.
     * @param offset  of the record.
     * @param length  of the record in bytes.
     * @return false when refused because the reader is behind: the engine offers the same record again later.
     */
    boolean answer(long queryId, DirectBuffer buffer, int offset, int length);

    /**
     * The answer is complete.
     *
     * @param queryId which query.
     * @param outcome {@link #OK}, {@link #NOT_SERVING} or {@link #UNKNOWN}.
     * @return false when refused because the reader is behind: the engine tries again later.
     */
    boolean complete(long queryId, int outcome);
}
