/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Sessions: the replicated table, the passwords, and the leader's clockwork that expires them. The table changes only
 * by applying transactions; deadlines live on the leader alone and are rebuilt when it starts.
 * <p>
 * Begin with {@link io.caracal.engine.session.SessionTable}.
 */
package io.caracal.engine.session;
