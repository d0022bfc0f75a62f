/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Phase 1 of ZAB, discovery: a leader learns which epochs a quorum of voters has promised and has them promise the next
 * one. It steps down when one of them has a more recent history.
 * <p>
 * Begin with {@link io.caracal.engine.zab.discovery.LeaderDiscovery}; a learner's side is {@code EpochEntry} of
 * {@code engine.node}.
 */
package io.caracal.engine.zab.discovery;
