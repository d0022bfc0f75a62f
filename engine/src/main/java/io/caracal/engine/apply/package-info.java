/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Committed transactions into the tree, and reads out of it. Applying reads no clock and asks nobody: the same
 * transactions give the same tree on every server.
 * <p>
 * Begin with {@link io.caracal.engine.apply.TxnApplier}; what it changes is a {@link io.caracal.engine.apply.Replica}.
 */
package io.caracal.engine.apply;
