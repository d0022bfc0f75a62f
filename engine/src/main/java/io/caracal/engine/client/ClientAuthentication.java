/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.acl.AuthEnforcement;
import io.caracal.engine.acl.AuthOutcome;
import io.caracal.engine.acl.Authenticator;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.protocol.AuthRequestDecoder;
import io.caracal.engine.protocol.ErrorCode;
import org.agrona.DirectBuffer;

/**
 * Authenticates clients by the credentials that they send, and refuses their requests while they lack the identities
 * that the operator demands. Credentials are answered at once, ahead of other requests that wait. When a method returns
 * false, the caller closes the connection.
 */
final class ClientAuthentication
{
    private final Authenticator authenticator;
    private final AuthEnforcement enforcement;
    private final Responder responder;
    private final EventSink events;
    private final SaslAnswer sasl;
    private final AuthRequestDecoder request = new AuthRequestDecoder();

    ClientAuthentication(final Authenticator authenticator, final AuthEnforcement enforcement,
        final Responder responder, final EventSink events)
    {
        this.authenticator = authenticator;
        this.enforcement = enforcement;
        this.responder = responder;
        this.events = events;
        sasl = new SaslAnswer(responder);
    }

    /** Longest string or buffer within a request, in bytes. */
    void elementLengthMax(final int lengthMax)
    {
        request.elementLengthMax(lengthMax);
    }

    /**
     * Takes credentials, which count for requests that arrive later. A record that cannot be decoded does not count as
     * wrong credentials: its connection is closed, as after a frame of a wrong length.
     */
    boolean onAuth(final ClientConnection connection, final InFlightHeader header, final DirectBuffer buffer,
        final int offset, final int length)
    {
        if (!request.wrap(buffer, offset, length))
        {
            return false;
        }

        final AuthOutcome outcome = authenticator.authenticate(request, connection.identities);
        switch (outcome)
        {
            case ACCEPTED -> responder.auth(connection, header.xid, ErrorCode.OK, header.arrivalNs);
            case FAILED -> {
                events.onCount(Count.AUTH_FAILED, 1);
                responder.auth(connection, header.xid, ErrorCode.AUTH_FAILED, header.arrivalNs);
            }
            case WRONG_ENSEMBLE -> {
                // The client should try another server, so it gets no answer.
            }
        }

        return outcome == AuthOutcome.ACCEPTED;
    }

    boolean onSasl(final ClientConnection connection, final InFlightHeader header, final DirectBuffer buffer,
        final int offset, final int length)
    {
        return sasl.answer(connection, header, buffer, offset, length);
    }

    /**
     * Whether a client has the identities that the operator demands. If it has not, this answers the request with an
     * error.
     */
    boolean permits(final ClientConnection connection, final InFlightHeader header)
    {
        final boolean isPermitted = enforcement.permits(connection.identities, header.identityLimit);
        if (!isPermitted)
        {
            responder.to(connection, header.xid, header.opCode, header.arrivalNs);
            responder.header(0, ErrorCode.SESSION_CLOSED_REQUIRE_AUTH);
        }

        return isPermitted;
    }
}
