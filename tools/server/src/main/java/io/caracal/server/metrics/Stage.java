/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.Locale;

/** Stretches of a transaction's road whose duration is measured. */
public enum Stage
{
    /** From the arrival of a request to proposed: waiting for its turn, checks. */
    PREPARE,
    /** From proposed to durable in the own journal. */
    JOURNAL,
    /** From proposed to committed by a quorum. */
    COMMIT,
    /** From committed to applied. */
    APPLY,
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
