/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.Locale;

/** The stages of a request whose duration is measured. A read passes the first and the sixth only. */
public enum Stage
{
    /**
     * From its bytes being read from the socket to the duty cycle that took it: rings between threads, waiting for
     * room, or a read behind a write of its own session.
     */
    RECEIVE,
    /** From being taken to proposed: waiting for its turn, checks. */
    PREPARE,
    /** From proposed to durable in the own journal. */
    JOURNAL,
    /** From proposed to committed by a quorum. */
    QUORUM,
    /** From committed to applied. */
    APPLY,
    /** From replies and events being handed to the sockets to the socket having taken the batch that they leave in. */
    REPLY,
    /** From proposed to applied. */
    TXN;

    /**
     * Name for labels.
     *
     * @return lower case.
     */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
