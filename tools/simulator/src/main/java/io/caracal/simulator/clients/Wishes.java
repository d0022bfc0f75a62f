/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import java.util.List;

/** What a client asks, one thing after the other. */
public interface Wishes
{
    /**
     * What is asked next.
     *
     * @param sessionId by which session.
     * @param nowNs     true time.
     * @return what is sent in one breath, nothing when there is nothing to ask.
     */
    List<Operation> next(long sessionId, long nowNs);

    /**
     * Something that the client needs for itself.
     *
     * @param kind      what.
     * @param path      about which znode.
     * @param sessionId by which session.
     * @param nowNs     true time.
     * @return new, with the next number of the client.
     */
    Operation of(Operation.Kind kind, String path, long sessionId, long nowNs);

    /**
     * Something was answered.
     *
     * @param operation with its answer.
     */
    void onAnswered(Operation operation);
}
