/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.Locale;

/** The stages of a request whose durations are measured. A read passes only {@link #RECEIVE} and {@link #REPLY}. */
public enum Stage
{
    /**
     * From reading the request from the socket to the duty cycle that takes it. This includes rings between threads,
     * waiting for room, and a read's wait for an earlier write of its session.
     */
    RECEIVE,
    /** From being taken to being proposed: waiting for its turn, and checks. */
    PREPARE,
    /** From proposed to durable in the server's own journal. */
    JOURNAL,
    /** From proposed to committed by a quorum. */
    QUORUM,
    /** From committed to applied. */
    APPLY,
    /** From handing replies and events to the sockets until the socket has taken the batch in which they leave. */
    REPLY,
    /** From proposed to applied. */
    TXN;

    /**
     * Returns the name for labels.
     *
     * @return lower case.
     */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
