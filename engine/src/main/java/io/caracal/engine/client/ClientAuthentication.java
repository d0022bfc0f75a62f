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
 * Who the clients are: takes what they show, and holds their requests against what the operator demands. What arrives
 * for that is answered at once, out of the line. Where a method returns false the connection is to be closed.
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

    /**
     * Takes effect for requests that arrive later. A record that does not decode says nothing of anybody: its
     * connection ends, as one with a bad length does.
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
                // The client is to try another server: it is told nothing.
            }
        }

        return outcome == AuthOutcome.ACCEPTED;
    }

    boolean onSasl(final ClientConnection connection, final InFlightHeader header, final DirectBuffer buffer,
        final int offset, final int length)
    {
        return sasl.answer(connection, header, buffer, offset, length);
    }

    /** Whether a client has shown what is demanded; one that has not is told so. */
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
