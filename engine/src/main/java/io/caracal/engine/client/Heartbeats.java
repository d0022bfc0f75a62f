/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.SessionFact;

/**
 * Records when the client of one connection was heard, for people who ask why a session expired. Single pings are not
 * reported to the event sink. It is told of a long silence once that is over, which can happen at most twice in a
 * time-out, and gets a summary when the connection or the session ends.
 */
final class Heartbeats
{
    private static final long NS_PER_MS = 1_000_000;

    private long heardNs;
    private long pings;

    /** The first frame of the connection, its handshake, was taken. */
    void onHandshake(final long arrivalNs)
    {
        heardNs = arrivalNs;
    }

    /** A frame was taken. It may have arrived before the one that was taken last. */
    void onFrame(final ClientConnection connection, final boolean isPing, final long arrivalNs, final EventSink events)
    {
        pings += isPing ? 1 : 0;
        final long silenceMs = (arrivalNs - heardNs) / NS_PER_MS;
        if (silenceMs > connection.negotiatedTimeoutMs / 2 && connection.session != null)
        {
            events.onSessionFact(SessionFact.SILENT, connection.session.id(), silenceMs);
        }
        heardNs = Math.max(heardNs, arrivalNs);
    }

    /** Reports a summary, because the connection has ended or its session expires. */
    void tell(final long sessionId, final long nowNs, final EventSink events)
    {
        events.onSessionFact(SessionFact.PINGS, sessionId, pings);
        events.onSessionFact(SessionFact.LAST_HEARD, sessionId, Math.max(0, nowNs - heardNs) / NS_PER_MS);
    }
}
