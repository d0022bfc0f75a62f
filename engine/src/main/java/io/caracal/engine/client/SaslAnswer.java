/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteReader;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.ReplyLength;
import org.agrona.DirectBuffer;

/**
 * Answers a SASL token like a server without SASL: with a null token. The connection goes on without an identity of
 * that scheme.
 */
final class SaslAnswer
{
    private final Responder responder;
    private final JuteReader token = new JuteReader();

    SaslAnswer(final Responder responder)
    {
        this.responder = responder;
    }

    /** Returns false when the record holds no token, not even a null one. */
    boolean answer(final ClientConnection connection, final InFlightHeader header, final DirectBuffer buffer,
        final int offset, final int length)
    {
        token.wrap(buffer, offset, length);
        token.readRange();
        if (!token.isOk())
        {
            return false;
        }

        responder.to(connection, header.xid, header.opCode, header.arrivalNs);
        final JuteWriter body = responder.begin(ReplyLength.ofRange(JuteReader.NULL), 0, ErrorCode.OK);
        if (body != null)
        {
            body.writeInt(JuteReader.NULL);
            responder.end();
        }

        return true;
    }
}
