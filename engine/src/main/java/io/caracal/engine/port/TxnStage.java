/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** The stages of a transaction that the engine marks, behind {@link EventSink#onProposed}. */
public enum TxnStage
{
    /** The own journal reported it durable. */
    DURABLE,
    /** A quorum has it. */
    COMMITTED,
    /** The tree shows it. */
    APPLIED
}
