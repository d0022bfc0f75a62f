/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Records about single requests and sessions: the slow-request log, the audit log, and why sessions ended. The engine's
 * thread puts records into a ring ({@code RecordRing}), and a separate thread ({@code Scribe}) turns them into lines.
 * So neither formatting nor a slow log device delays the engine's thread. Only with an audit log do clients wait for
 * the scribe, while the ring is at least half full. Imports metrics.
 * <p>
 * Begin with {@link io.caracal.server.record.Recording}.
 */
package io.caracal.server.record;
