/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Phase 2 of ZAB, synchronization. A learner is sent the transactions it lacks, cuts off those the leader never had,
 * and receives a snapshot if it is too far behind. The plan is computed by a pure function; both sides then follow it
 * step by step.
 * <p>
 * Begin with {@link io.caracal.engine.zab.sync.SyncPlan}, then {@link io.caracal.engine.zab.sync.LeaderSync} and
 * {@link io.caracal.engine.zab.sync.LearnerSync}.
 */
package io.caracal.engine.zab.sync;
