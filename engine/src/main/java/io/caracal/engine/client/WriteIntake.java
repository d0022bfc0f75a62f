/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.session.Session;
import org.agrona.DirectBuffer;

/**
 * Takes from clients what only a leader can decide. Each role has one: that of a leader proposes transactions, that of
 * a learner hands requests to its leader, others refuse them. Methods that take a request return {@link #PROPOSED},
 * {@link #REFUSED}, {@link #MOVED}, or a negative error code: then there will be no transaction, and the error is
 * answered when it is the request's turn.
 * <p>
 * A client takes any reply as a sign that its session lives. A role that depends on other servers
 * ({@link #keepsRequests()}) must therefore have transactions applied, failures told and syncs answered only while it
 * is sure that its leader still leads.
 */
public interface WriteIntake
{
    /** Proposed, or on its way to the leader: the request completes when its transaction is applied. */
    int PROPOSED = 0;

    /** There is no room for the request at the moment; it is offered again by {@link ClientDesk#resumeRefused}. */
    int REFUSED = 1;

    /** The session is with another connection: this one is closed without an answer. */
    int MOVED = 2;

    /**
     * Whether clients are served.
     *
     * @return false while there is no established leader: frames of known clients wait in the port then, and new
     *         clients are closed.
     */
    boolean isServing();

    /**
     * Whether this role may end while requests are unanswered, so that they have to be kept whole to be sent again. The
     * same answer throughout the life of a role.
     *
     * @return false for a server that is alone: its role ends when it does.
     */
    boolean keepsRequests();

    /**
     * Takes a write.
     *
     * @param connection of the client, with its session, its {@link ClientConnection#attachNumber()}, and its
     *                   identities, of which the first {@link ClientConnection#identityLimit()} count.
     * @param opCode     what is asked.
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
     * Takes the wish for a new session.
     *
     * @param timeoutMs negotiated.
     * @param sequence  of the request at this server; the same when it is sent again.
     * @param arrivalNs when the request arrived.
     * @return see above; {@link io.caracal.engine.protocol.ErrorCode#SESSION_EXPIRED} tells the client so, any other
     *         error closes its connection.
     */
    int createSession(int timeoutMs, long sequence, long arrivalNs);

    /**
     * Takes the wish that a session moves to this server.
     *
     * @param session   which.
     * @param sequence  of the request at this server; the same when it is sent again.
     * @param arrivalNs when the request arrived.
     * @return as {@link #createSession}.
     */
    int moveSession(Session session, long sequence, long arrivalNs);

    /**
     * Takes the wish of a client that its session ends. The client's connection is the one that serves the session
     * here, so the request comes under the session's applied {@link Session#attachNumber()}.
     *
     * @param session   which.
     * @param sequence  of the request at this server; the same when it is sent again.
     * @param arrivalNs when the request arrived.
     * @return see above; {@link io.caracal.engine.protocol.ErrorCode#SESSION_EXPIRED} is success for the client.
     */
    int closeSession(Session session, long sequence, long arrivalNs);

    /**
     * Asks up to which zxid one has to apply in order to have seen everything that is committed at the time of this
     * call. The answer is a call of {@link ClientDesk#onSynced}, within this call or later; answers come in the order
     * of the questions.
     *
     * @param syncId of the question at this server; the same when it is asked again.
     * @return see above.
     */
    int sync(long syncId);

    /**
     * The client of a session gave a sign of life: its time-out of {@link Session#touchTimeoutMs()} begins anew.
     *
     * @param session which.
     */
    void touch(Session session);
}
