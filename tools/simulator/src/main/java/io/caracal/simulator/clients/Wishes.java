/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import java.util.List;

/** The operations that a client sends, one after the other. */
public interface Wishes
{
    /**
     * The next operations to send.
     *
     * @param sessionId of the client's session.
     * @param nowNs     true time.
     * @return operations that are sent together, none when there is nothing to send.
     */
    List<Operation> next(long sessionId, long nowNs);

    /**
     * Creates an operation that the client needs for itself.
     *
     * @param kind      of the operation.
     * @param path      of the znode that it concerns.
     * @param sessionId of the client's session.
     * @param nowNs     true time.
     * @return new, with the client's next number.
     */
    Operation of(Operation.Kind kind, String path, long sessionId, long nowNs);

    /**
     * What the client has to prove who it is. It sends all of it right behind each handshake, and what is new before
     * the next operation.
     *
     * @return users with their passwords, oldest first; may grow after a call of {@link #next}.
     */
    default List<String> credentials()
    {
        return List.of();
    }

    /**
     * An operation was answered.
     *
     * @param operation with its answer.
     */
    void onAnswered(Operation operation);
}
