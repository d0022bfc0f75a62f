/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import java.util.List;

/**
 * A step of a program. Clients have numbers. A step that makes no sense, for example without a connection, does nothing
 * on both sides.
 */
sealed interface Step
{
    /** Opens a new session. The calls are sent together with the handshake, as a library does that does not wait. */
    record Connect(int client, int timeoutMs, int readOnly, List<Call> calls) implements Step
    {
    }

    /** Sends requests in one go, then reads their replies. */
    record Requests(int client, List<Call> calls) implements Step
    {
    }

    /**
     * Requests of several clients that are under way together in a known order. Each client's requests are followed by
     * an auth packet, which the server answers on arrival, before the next client sends.
     */
    record Arrivals(List<Requests> requests) implements Step
    {
    }

    /** Sends bytes that are not a request, and reads what comes. */
    record Garbage(int client, String hex) implements Step
    {
    }

    /** Cuts the connection without closing the session. */
    record Drop(int client) implements Step
    {
    }

    /** Resumes the session over a new connection, with calls after the handshake. */
    record Reconnect(int client, boolean rightPassword, int timeoutMs, int readOnly, int zxidAgo, List<Call> calls)
        implements
            Step
    {
    }

    /** Closes the session after requests that are still under way. */
    record Close(int client, List<Call> calls) implements Step
    {
    }
}
