/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.SessionFact;

/**
 * When the client of one connection was heard, for people who ask why a session expired. Not every ping is told to the
 * event sink: only a long silence once it is over, which can happen twice in a time-out at most, and a summary when the
 * connection or the session ends.
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

    /** A frame was taken that came at a time that may be before that of the last one. */
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

    /** The connection ended, or the time of its session is over. */
    void tell(final long sessionId, final long nowNs, final EventSink events)
    {
        events.onSessionFact(SessionFact.PINGS, sessionId, pings);
        events.onSessionFact(SessionFact.LAST_HEARD, sessionId, Math.max(0, nowNs - heardNs) / NS_PER_MS);
    }
}
