/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What people are told about single requests and sessions: the slow-request log, the audit log, and why sessions ended.
 * The engine's thread puts records into a ring ({@code RecordRing}); a thread of its own ({@code Scribe}) makes lines
 * of them, so that neither text nor a slow log device is ever in the way of a client. Imports metrics.
 * <p>
 * Begin with {@link io.caracal.server.record.Recording}.
 */
package io.caracal.server.record;
