/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.session.Session;
import org.agrona.DirectBuffer;

/**
 * Takes the requests of clients that only a leader can decide. Each role has one: a leader's intake proposes
 * transactions, a learner's forwards requests to its leader, others refuse them. Methods that take a request return
 * {@link #PROPOSED}, {@link #REFUSED}, {@link #MOVED}, or a negative error code. After an error code there will be no
 * transaction, and the error is answered in the request's turn.
 * <p>
 * A client takes any reply as a sign that its session lives. A role that depends on other servers
 * ({@link #keepsRequests()}) must therefore apply transactions, report failures and answer syncs only while it is sure
 * that its leader still leads.
 */
public interface WriteIntake
{
    /** Proposed, or on its way to the leader: the request completes when its transaction is applied. */
    int PROPOSED = 0;

    /** There is no room for the request at the moment. {@link ClientDesk#resumeRefused} has it offered again. */
    int REFUSED = 1;

    /** The session belongs to another connection: this one is closed without an answer. */
    int MOVED = 2;

    /**
     * Whether clients are served.
     *
     * @return false while there is no established leader: frames of clients with a session then wait in the port, and
     *         connections without a session are closed.
     */
    boolean isServing();

    /**
     * Whether a leader learns of signs of life of clients, at once or as soon as it can be told. This may be so
     * although nobody is served at the moment.
     *
     * @return false while there is no leader.
     */
    default boolean takesTouches()
    {
        return isServing();
    }

    /**
     * Whether a session that this server holds certainly lives, so that its client may be answered, or taken back,
     * without asking the leader.
     *
     * @param session held by this very process.
     * @return false when the client was not heard for so long that the leader may have ended the session, which this
     *         server may not have applied yet.
     */
    default boolean isSureOf(final Session session)
    {
        return true;
    }

    /**
     * Whether this role may end while requests are unanswered, so that their bodies must be kept for sending them
     * again. The answer never changes during the life of a role.
     *
     * @return false for a server that is alone, whose role ends only with its process.
     */
    boolean keepsRequests();

    /**
     * Takes a write.
     *
     * @param connection of the client, with its session, its {@link ClientConnection#attachNumber()}, and its
     *                   identities, of which the first {@link ClientConnection#identityLimit()} count.
     * @param opCode     kind of the request.
     * @param buffer     holds the request.
     * @param offset     of its body.
     * @param length     of its body.
     * @param sequence   of the request at this server; the same when it is sent again.
     * @param arrivalNs  when the request arrived.
     * @return see above.
     */
    int submit(ClientConnection connection, int opCode, DirectBuffer buffer, int offset, int length, long sequence,
        long arrivalNs);

    /**
     * Takes a request for a new session.
     *
     * @param timeoutMs negotiated.
     * @param sequence  of the request at this server; the same when it is sent again.
     * @param arrivalNs when the request arrived.
     * @return see above; the client is told of {@link io.caracal.engine.protocol.ErrorCode#SESSION_EXPIRED}; any other
     *         error closes its connection.
     */
    int createSession(int timeoutMs, long sequence, long arrivalNs);

    /**
     * Takes a request to move a session to this server.
     *
     * @param session   which.
     * @param sequence  of the request at this server; the same when it is sent again.
     * @param arrivalNs when the request arrived.
     * @return as {@link #createSession}.
     */
    int moveSession(Session session, long sequence, long arrivalNs);

    /**
     * Takes a client's request to end its session. The client's connection is the one that serves the session here, so
     * the session's applied {@link Session#attachNumber()} is valid for the request.
     *
     * @param session   which.
     * @param sequence  of the request at this server; the same when it is sent again.
     * @param arrivalNs when the request arrived.
     * @return see above; {@link io.caracal.engine.protocol.ErrorCode#SESSION_EXPIRED} means success to the client.
     */
    int closeSession(Session session, long sequence, long arrivalNs);

    /**
     * Asks up to which zxid this server has to apply in order to have seen everything that is committed at the time of
     * this call. The answer is a call of {@link ClientDesk#onSynced}, within this call or later. Answers come in the
     * order of the questions.
     *
     * @param syncId of the question at this server; the same when it is asked again.
     * @return see above.
     */
    int sync(long syncId);

    /**
     * Records a sign of life of a session's client: its time-out of {@link Session#touchTimeoutMs()} starts again.
     *
     * @param session which.
     */
    void touch(Session session);
}
