/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Phase 3 of ZAB, broadcast: proposals in zxid order, cumulative acknowledgements, commit by quorum.
 * <p>
 * Begin with {@link io.caracal.engine.zab.broadcast.LeaderBroadcast} and {@code AckTracker}.
 */
package io.caracal.engine.zab.broadcast;
