/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Identities;
import io.caracal.simulator.check.Operation;
import io.caracal.simulator.check.WatchEvent;

/** Observes what clients send and receive. */
public interface ClientListener
{
    /**
     * A client asks a server for the session that it has.
     *
     * @param sessionId of the session.
     * @param wantedMs  time-out that the client wants.
     * @param nowNs     the present time.
     */
    void onAskedBack(long sessionId, int wantedMs, long nowNs);

    /**
     * A client has a connection and a session.
     *
     * @param clientId of the client.
     * @param welcome  that the server has sent.
     */
    void onConnected(int clientId, Welcome welcome);

    /**
     * A client was told that its session is over.
     *
     * @param clientId  of the client.
     * @param sessionId of the session.
     */
    void onExpired(int clientId, long sessionId);

    /**
     * A client lost its connection or gave it up.
     *
     * @param clientId of the client.
     * @param serverId of the server to which it was connected.
     * @param reason   constant text.
     */
    void onDisconnected(int clientId, long serverId, String reason);

    /**
     * A client sends an operation.
     *
     * @param operation without an answer.
     */
    void onInvoked(Operation operation);

    /**
     * A client sends a ping.
     *
     * @param sessionId of its session.
     * @param nowNs     the present time.
     */
    void onPinging(long sessionId, long nowNs);

    /**
     * A client received the answer to an operation.
     *
     * @param operation with the answer.
     */
    void onAnswered(Operation operation);

    /**
     * A client will never know the outcome of an operation.
     *
     * @param operation without an answer.
     */
    void onUnknown(Operation operation);

    /**
     * A client was told that its server has taken its credentials.
     *
     * @param clientId   of the client.
     * @param identities that it has proven on its connection by now.
     */
    void onAuthenticated(int clientId, Identities identities);

    /**
     * A client received a watch event.
     *
     * @param clientId of the client.
     * @param event    as received.
     */
    void onEvent(int clientId, WatchEvent event);

    /**
     * A client received a server's answer to a sign of life.
     *
     * @param sessionId  of the session.
     * @param sentNs     when the client sent its sign of life.
     * @param receivedNs the present time.
     */
    void onExchange(long sessionId, long sentNs, long receivedNs);

    /**
     * A server showed a client its present state, by the answer to a ping or a read that was not sent behind a write.
     *
     * @param clientId of the client.
     * @param serverId of the server.
     * @param zxid     of the state.
     * @param saidNs   when the server sent the answer.
     */
    void onShown(int clientId, long serverId, long zxid, long saidNs);
}
