/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import io.caracal.simulator.check.WatchEvent;

/** Whoever watches what clients ask and are told. */
public interface ClientListener
{
    /**
     * A client has a connection and a session.
     *
     * @param clientId  which.
     * @param serverId  at which server.
     * @param sessionId of the session.
     * @param isNew     whether the session began with it.
     */
    void onConnected(int clientId, long serverId, long sessionId, boolean isNew);

    /**
     * A client was told that its session is over.
     *
     * @param clientId  which.
     * @param sessionId of the session.
     */
    void onExpired(int clientId, long sessionId);

    /**
     * A client's connection is lost, or given up.
     *
     * @param clientId which.
     * @param serverId to which server.
     * @param reason   constant text.
     */
    void onDisconnected(int clientId, long serverId, String reason);

    /**
     * A client asks.
     *
     * @param operation what.
     */
    void onInvoked(Operation operation);

    /**
     * A client is answered.
     *
     * @param operation with the answer.
     */
    void onAnswered(Operation operation);

    /**
     * A client will never know what became of what it asked.
     *
     * @param operation what.
     */
    void onUnknown(Operation operation);

    /**
     * A watch fired.
     *
     * @param clientId which.
     * @param event    as it came.
     */
    void onEvent(int clientId, WatchEvent event);

    /**
     * A server gave a sign of life that answers one of the client.
     *
     * @param sessionId  of the session.
     * @param timeoutNs  as granted.
     * @param sentNs     when the client had sent.
     * @param receivedNs now.
     */
    void onExchange(long sessionId, long timeoutNs, long sentNs, long receivedNs);

    /**
     * A server showed its present state, by a ping or a read behind no write.
     *
     * @param clientId to whom.
     * @param serverId which server.
     * @param zxid     of the state.
     * @param saidNs   when the server said so.
     */
    void onShown(int clientId, long serverId, long zxid, long saidNs);
}
