/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Phase 0 of ZAB, election: decides whom to follow. The order of votes and the use of rounds are those of ZooKeeper's
 * FastLeaderElection. Safety does not depend on this package but on discovery; a wrong decision only costs time.
 * <p>
 * Begin with {@link io.caracal.engine.zab.election.Election}.
 */
package io.caracal.engine.zab.election;
