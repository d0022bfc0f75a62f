/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The state of a server without the server: loaded from its data directory, walked, and written to a new one. May
 * import engine and journal.
 * <p>
 * Begin with {@link io.caracal.server.offline.OfflineReplica}.
 */
package io.caracal.server.offline;
