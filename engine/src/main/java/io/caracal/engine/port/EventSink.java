/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/**
 * Receives what is to be measured or reported about the engine. The engine only says that something happens; the sink
 * may read clocks, which the engine may not. Called on the engine's thread, several times per request; implementations
 * neither block nor allocate. Each method does nothing by default, so an implementation has only those that it needs.
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
    default void onReply(final int opCode, final long arrivalNs, final boolean write)
    {
    }

    /**
     * A transaction got its zxid, here or at the leader, and was handed to the own journal. This is the first stage of
     * its way.
     *
     * @param zxid      of the transaction.
     * @param arrivalNs of the request that asked for it, as given by {@link ClientHandler#onFrame}; or
     *                  {@link #NO_ARRIVAL} when no client asked for it, or when it came from the leader.
     */
    default void onProposed(final long zxid, final long arrivalNs)
    {
    }

    /**
     * A transaction has come to a later stage of its way.
     *
     * @param stage which.
     * @param zxid  of the transaction; for {@link TxnStage#DURABLE} and {@link TxnStage#COMMITTED} all up to this one
     *              have come there.
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
     * @param bytes  of data, or of the names of children; 0 where only the stat was asked for.
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
     * @param bytes  of its new data; 0 for one that is deleted.
     */
    default void onZnodeWritten(final DirectBuffer path, final int offset, final int length, final long bytes)
    {
    }

    /**
     * A write was refused because it would exceed a quota. On a leader.
     *
     * @param path   holds the path that it was for, of a multi that of the part; valid during the call.
     * @param length of the path, which begins at 0.
     */
    default void onQuotaExceeded(final DirectBuffer path, final int length)
    {
    }

    /**
     * A voter, this server or another, has made everything up to a zxid durable, for the first time. On a leader.
     *
     * @param serverId of the voter.
     * @param zxid     of the last transaction of the acknowledgement.
     */
    default void onAcked(final long serverId, final long zxid)
    {
    }

    /**
     * It is the turn of a learner to be sent transactions, and some wait for it. On a leader.
     *
     * @param serverId of the learner.
     * @param zxid     of the one that waits longest.
     * @param waiting  how many of them wait.
     * @param isVoter  true for a voter, for which they wait since they were proposed; false for an observer, for which
     *                 they wait since they were committed.
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
     * The connection throttle let a handshake pass, whether or not it is switched on.
     *
     * @param tokenDeficit tokens that its bucket lacks now; 0 when it is off.
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
     * Who leads, as this server sees it. Comes before the state that follows from it.
     *
     * @param serverId of the leader.
     * @param epoch    that it established; 0 while that is to come.
     */
    default void onLeader(final long serverId, final long epoch)
    {
    }

    /**
     * Something happened that people should read of, though role and state of the server stay the same.
     *
     * @param what     constant text.
     * @param serverId of the server that it is about.
     */
    default void onNotice(final String what, final long serverId)
    {
    }

    /**
     * Something happened to a session. Rare.
     *
     * @param fact      what.
     * @param sessionId which.
     * @param value     see the fact, else 0.
     */
    default void onSessionFact(final SessionFact fact, final long sessionId, final long value)
    {
    }

    /**
     * Whether all writes of clients are to be told by {@link #onRecord}, with what they asked for. The answer must
     * never change.
     *
     * @return true to have writes kept whole until they are answered.
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
     * @return how many bytes of the request's body, and of its result, the record is to hold; negative for no record.
     */
    default int recordBodyMax(final int opCode, final long arrivalNs)
    {
        return -1;
    }

    /**
     * A request was answered, or its transaction applied though its client is gone.
     *
     * @param buffer holds a {@code RequestRecord} with its header; valid during the call.
     * @param offset of the header.
     * @param length of header and record.
     */
    default void onRecord(final DirectBuffer buffer, final int offset, final int length)
    {
    }

    /**
     * An ephemeral znode is deleted because its session ended. Told on every server.
     *
     * @param sessionId of the session.
     * @param path      holds its path; valid during the call.
     * @param length    of the path, which begins at 0.
     */
    default void onEphemeralEnded(final long sessionId, final DirectBuffer path, final int length)
    {
    }

    /**
     * Whether the sink has room for what the engine may tell it because of further requests.
     *
     * @return false to have clients wait.
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
