/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Phase 2 of ZAB, synchronization: what a learner lacks is sent to it, what it has too much is cut, and a learner too
 * far behind is given a snapshot. A plan is a pure function; both sides then follow it step by step.
 * <p>
 * Begin with {@link io.caracal.engine.zab.sync.SyncPlan}, then {@link io.caracal.engine.zab.sync.LeaderSync} and
 * {@link io.caracal.engine.zab.sync.LearnerSync}.
 */
package io.caracal.engine.zab.sync;
