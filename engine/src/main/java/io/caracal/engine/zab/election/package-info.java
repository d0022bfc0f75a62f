/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Phase 0 of ZAB: whom to follow. The order of votes and the use of rounds are those of FastLeaderElection. Nothing
 * here is needed for safety, which lies in discovery; a wrong decision costs time only.
 * <p>
 * Begin with {@link io.caracal.engine.zab.election.Election}.
 */
package io.caracal.engine.zab.election;
