/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * What the engine tells whoever measures it. The engine marks, the sink measures: it may read clocks, the engine may
 * not. Called on the engine's thread, several times per request; implementations neither block nor allocate.
 */
public interface EventSink
{
    /** Stands for the arrival of a transaction that no request of a client asked for. */
    long NO_ARRIVAL = Long.MIN_VALUE;

    /**
     * The reply to a request was handed to the client port.
     *
     * @param opCode    of the request.
     * @param arrivalNs as given by {@link ClientHandler#onFrame}.
     * @param write     whether it went through the journal.
     */
    void onReply(int opCode, long arrivalNs, boolean write);

    /**
     * A transaction was prepared, got its zxid and was handed to the journal: its road begins.
     *
     * @param zxid      of the transaction.
     * @param arrivalNs of the request that asked for it, as given by {@link ClientHandler#onFrame}; or
     *                  {@link #NO_ARRIVAL}.
     */
    void onProposed(long zxid, long arrivalNs);

    /**
     * A transaction passes a later stage of its road.
     *
     * @param stage which.
     * @param zxid  of the transaction; {@link TxnStage#DURABLE}, {@link TxnStage#COMMITTED}: all up to this one.
     */
    void onStage(TxnStage stage, long zxid);

    /**
     * Something countable happened.
     *
     * @param count which.
     * @param delta how often, or how many bytes.
     */
    void onCount(Count count, long delta);

    /**
     * A figure has a new value.
     *
     * @param gauge which.
     * @param value new value.
     */
    void onGauge(Gauge gauge, long value);

    /**
     * The server's role or the state within it changed.
     *
     * @param state  new state, a constant in lower case, such as {@code "leading"}.
     * @param reason constant text.
     */
    void onState(String state, String reason);

    /**
     * Something that a person should read happened, while the server stays what it is.
     *
     * @param what     constant text.
     * @param serverId of the server that it is about.
     */
    void onNotice(String what, long serverId);

    /**
     * A session ended without its client asking for it.
     *
     * @param sessionId the session.
     * @param timeoutMs its time-out.
     */
    void onSessionExpired(long sessionId, int timeoutMs);
}
