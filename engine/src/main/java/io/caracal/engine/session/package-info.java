/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Sessions: the replicated table, the passwords, and the timer wheel with which the leader expires them. The table
 * changes only when transactions are applied. Deadlines exist on the leader alone and are rebuilt when it starts to
 * lead.
 * <p>
 * Begin with {@link io.caracal.engine.session.SessionTable}.
 */
package io.caracal.engine.session;
