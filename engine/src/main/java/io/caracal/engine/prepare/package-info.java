/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Turns requests into transactions on the leader. Path, ACL, version and quota are checked against the tree as it will
 * be once everything proposed so far is applied. The result is a transaction or an error transaction.
 * <p>
 * Begin with {@link io.caracal.engine.prepare.Preparer} and {@link io.caracal.engine.prepare.OutstandingChanges}.
 */
package io.caracal.engine.prepare;
