/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** The stages of a transaction that the engine marks. */
public enum TxnStage
{
    /** Prepared and proposed: zxid assigned, handed to the journal. */
    PROPOSED,
    /** The own journal reported it durable. */
    DURABLE,
    /** A quorum has it. */
    COMMITTED,
    /** The tree shows it. */
    APPLIED
}
