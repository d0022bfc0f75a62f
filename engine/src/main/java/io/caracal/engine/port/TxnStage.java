/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** The stages of a transaction that the engine reports after {@link EventSink#onProposed}. */
public enum TxnStage
{
    /** This server's journal reported it durable. */
    DURABLE,
    /** A quorum has it. */
    COMMITTED,
    /** It was applied to the tree. */
    APPLIED
}
