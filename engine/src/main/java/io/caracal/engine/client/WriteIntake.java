/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.session.Session;
import org.agrona.DirectBuffer;

/**
 * What the current role does with what clients want. Results of the proposing methods: {@link #PROPOSED},
 * {@link #REFUSED}, or an error code (negative) that is to be answered without a transaction, in the request's turn.
 */
public interface WriteIntake
{
    /** Proposed: the request completes when its transaction is applied. */
    int PROPOSED = 0;

    /** Too much is under way; the same request is offered again after {@link ClientDesk#resumeRefused()}. */
    int REFUSED = 1;

    /**
     * Whether clients are served.
     *
     * @return false while there is no established leader: nothing is sent to clients then.
     */
    boolean isServing();

    /**
     * Proposes a write.
     *
     * @param connection of the client, with its session and identities.
     * @param opCode     what is asked.
     * @param buffer     holds the request.
     * @param offset     of its body.
     * @param length     of its body.
     * @param sequence   the request gets at this server.
     * @param arrivalNs  when the request arrived.
     * @return see above.
     */
    int submit(ClientConnection connection, int opCode, DirectBuffer buffer, int offset, int length, long sequence,
        long arrivalNs);

    /**
     * Proposes a new session.
     *
     * @param timeoutMs negotiated.
     * @param sequence  the request gets at this server.
     * @param arrivalNs when the request arrived.
     * @return see above.
     */
    int createSession(int timeoutMs, long sequence, long arrivalNs);

    /**
     * Proposes that a session moves to this server.
     *
     * @param session   which.
     * @param sequence  the request gets at this server.
     * @param arrivalNs when the request arrived.
     * @return see above.
     */
    int moveSession(Session session, long sequence, long arrivalNs);

    /**
     * Proposes the end of a session whose client asked for it.
     *
     * @param session   which.
     * @param sequence  the request gets at this server.
     * @param arrivalNs when the request arrived.
     * @return see above.
     */
    int closeSession(Session session, long sequence, long arrivalNs);

    /**
     * The client of a session gave a sign of life.
     *
     * @param session which.
     */
    void touch(Session session);
}
