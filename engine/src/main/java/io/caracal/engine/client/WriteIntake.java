/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.session.Session;
import org.agrona.DirectBuffer;

/**
 * What the current role does with what clients want. Results of the asking methods: {@link #PROPOSED}, {@link
 * #REFUSED}, {@link #MOVED}, or an error code (negative) that is to be answered without a transaction, in the
 * request's turn.
 * <p>
 * A role that ends before its server does ({@link #keepsRequests()}) says only what an established leader told it: it
 * has transactions applied, and passes on failures and answers to syncs, while it is sure of its leader and not after.
 * A client takes any reply as a sign that its session lives.
 */
public interface WriteIntake
{
    /** Proposed, or on its way to the leader: the request completes when its transaction is applied. */
    int PROPOSED = 0;

    /** Too much is under way; the same request is offered again after {@link ClientDesk#resumeRefused()}. */
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
     * Asks up to which zxid everything was settled at a moment after this call. The answer is
     * {@link ClientDesk#onSynced}, within this call or later; answers come in the order of the questions.
     *
     * @param syncId of the question at this server; the same when it is asked again.
     * @return see above.
     */
    int sync(long syncId);

    /**
     * The client of a session gave a sign of life; it is good for {@link Session#touchTimeoutMs()}.
     *
     * @param session which.
     */
    void touch(Session session);
}
