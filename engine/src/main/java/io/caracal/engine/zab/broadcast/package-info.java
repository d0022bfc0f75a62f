/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Phase 3 of ZAB, broadcast: proposals in zxid order, cumulative acknowledgements, commit by quorum.
 */
package io.caracal.engine.zab.broadcast;
