/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Applies committed transactions to the tree. Applying reads no clock and depends on nothing outside the replica: the
 * same transactions give the same tree on every server.
 * <p>
 * Begin with {@link io.caracal.engine.apply.TxnApplier}; what it changes is a {@link io.caracal.engine.apply.Replica}.
 */
package io.caracal.engine.apply;
