/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/**
 * Receives what is to be measured or reported about the engine. The engine only says that something happened; the sink
 * may read clocks, which the engine may not. Called on the engine's thread, several times per request, so an
 * implementation must neither block nor allocate. Every method does nothing by default, so an implementation overrides
 * only the ones it needs.
 */
public interface EventSink
{
    /** Arrival time of a transaction that no client asked for. */
    long NO_ARRIVAL = Long.MIN_VALUE;

    /**
     * The reply to a request was handed to the client port.
     *
     * @param opCode    of the request.
     * @param arrivalNs as given by {@link ClientHandler#onFrame}.
     * @param write     whether the request went through the journal.
     */
    default void onReply(final int opCode, final long arrivalNs, final boolean write)
    {
    }

    /**
     * A transaction got its zxid, here or at the leader, and was handed to this server's journal. This is the first
     * stage of a transaction.
     *
     * @param zxid      of the transaction.
     * @param arrivalNs of the request that asked for it, as given by {@link ClientHandler#onFrame}; {@link #NO_ARRIVAL}
     *                  when no client asked for it or it came from the leader.
     */
    default void onProposed(final long zxid, final long arrivalNs)
    {
    }

    /**
     * A transaction reached a later stage.
     *
     * @param stage which.
     * @param zxid  of the transaction. For {@link TxnStage#DURABLE} and {@link TxnStage#COMMITTED}, all transactions up
     *              to this one have reached the stage.
     */
    default void onStage(final TxnStage stage, final long zxid)
    {
    }

    /**
     * A watch event was handed to the client port while a transaction was applied.
     *
     * @param zxid of the transaction.
     */
    default void onWatchEvent(final long zxid)
    {
    }

    /**
     * A client read a znode: its data, its stat or its children.
     *
     * @param path   holds its path; valid during the call.
     * @param offset of the path.
     * @param length of the path.
     * @param bytes  of its data, or of the names of its children; 0 when only the stat was asked for.
     */
    default void onZnodeRead(final DirectBuffer path, final int offset, final int length, final long bytes)
    {
    }

    /**
     * A transaction that is being applied creates, changes or deletes a znode.
     *
     * @param path   holds its path; valid during the call.
     * @param offset of the path.
     * @param length of the path.
     * @param bytes  of its new data; 0 when it is deleted.
     */
    default void onZnodeWritten(final DirectBuffer path, final int offset, final int length, final long bytes)
    {
    }

    /**
     * A leader refused a write because it would exceed a quota.
     *
     * @param path   holds the path of the write, or of the refused part of a multi; valid during the call.
     * @param length of the path, which begins at 0.
     */
    default void onQuotaExceeded(final DirectBuffer path, final int length)
    {
    }

    /**
     * Reported by a leader: a voter, which may be this server, has for the first time made everything up to a zxid
     * durable.
     *
     * @param serverId of the voter.
     * @param zxid     of the last transaction of the acknowledgement.
     */
    default void onAcked(final long serverId, final long zxid)
    {
    }

    /**
     * Reported by a leader: it is a learner's turn to be sent transactions, and some are waiting for it.
     *
     * @param serverId of the learner.
     * @param zxid     of the transaction that has waited longest.
     * @param waiting  number of transactions that wait.
     * @param isVoter  true for a voter, for which transactions wait from their proposal; false for an observer, for
     *                 which they wait from their commit.
     */
    default void onLearnerTurn(final long serverId, final long zxid, final long waiting, final boolean isVoter)
    {
    }

    /**
     * Something countable happened.
     *
     * @param count which.
     * @param delta how often, or how many bytes.
     */
    default void onCount(final Count count, final long delta)
    {
    }

    /**
     * A figure has a new value.
     *
     * @param gauge which.
     * @param value new value.
     */
    default void onGauge(final Gauge gauge, final long value)
    {
    }

    /**
     * The connection throttle admitted a handshake, whether or not it is switched on.
     *
     * @param tokenDeficit tokens that its bucket lacks now; 0 when the throttle is off.
     */
    default void onHandshakeAdmitted(final long tokenDeficit)
    {
    }

    /**
     * The server's role or the state within it changed.
     *
     * @param state  new state, a constant in lower case, such as {@code "leading"}.
     * @param reason constant text.
     */
    default void onState(final String state, final String reason)
    {
    }

    /**
     * The leader, as this server sees it. Reported before the state that follows from it.
     *
     * @param serverId of the leader.
     * @param epoch    that it established; 0 while it has not established one.
     */
    default void onLeader(final long serverId, final long epoch)
    {
    }

    /**
     * Something happened that operators should know, although the server's role and state stay the same.
     *
     * @param what     constant text.
     * @param serverId of the server that it is about.
     */
    default void onNotice(final String what, final long serverId)
    {
    }

    /**
     * Something rare happened to a session.
     *
     * @param fact      what.
     * @param sessionId which.
     * @param value     depends on the fact; 0 when the fact does not define one.
     */
    default void onSessionFact(final SessionFact fact, final long sessionId, final long value)
    {
    }

    /**
     * Whether {@link #onRecord} must report every write of a client together with its request. The answer must never
     * change.
     *
     * @return true to keep writes whole until they are answered.
     */
    default boolean wantsWrites()
    {
        return false;
    }

    /**
     * Whether a request that is being answered is worth a record.
     *
     * @param opCode    of the request.
     * @param arrivalNs as given by {@link ClientHandler#onFrame}.
     * @return most bytes of the request's body, and of its result, that the record is to hold; negative for no record.
     */
    default int recordBodyMax(final int opCode, final long arrivalNs)
    {
        return -1;
    }

    /**
     * A request was answered, or its transaction was applied although its client is gone.
     *
     * @param buffer holds a {@code RequestRecord} with its header; valid during the call.
     * @param offset of the header.
     * @param length of header and record.
     */
    default void onRecord(final DirectBuffer buffer, final int offset, final int length)
    {
    }

    /**
     * An ephemeral znode is deleted because its session ended. Reported on every server.
     *
     * @param sessionId of the session.
     * @param path      holds its path; valid during the call.
     * @param length    of the path, which begins at 0.
     */
    default void onEphemeralEnded(final long sessionId, final DirectBuffer path, final int length)
    {
    }

    /**
     * Whether the sink has room for what further requests may make the engine report.
     *
     * @return false to make clients wait.
     */
    default boolean hasRoom()
    {
        return true;
    }

    /**
     * A session ended without its client asking for it.
     *
     * @param sessionId the session.
     * @param timeoutMs its time-out.
     */
    default void onSessionExpired(final long sessionId, final int timeoutMs)
    {
    }
}
