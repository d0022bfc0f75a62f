/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Phase 1 of ZAB: a leader learns the epochs that a quorum of voters has promised, has them promise the next one, and
 * steps down when one of them knows more than it does.
 * <p>
 * Begin with {@link io.caracal.engine.zab.discovery.LeaderDiscovery}; a learner's side is {@code EpochEntry} of
 * {@code engine.node}.
 */
package io.caracal.engine.zab.discovery;
