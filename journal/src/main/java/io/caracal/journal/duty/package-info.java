/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The journal's own threads and what connects them to others: duty cycles, the ring that takes records from the engine,
 * and the single report of a failure. Imports {@code io.caracal.journal} for the idle mode.
 * <p>
 * Begin with {@link io.caracal.journal.duty.DutyThread} and {@link io.caracal.journal.duty.ChunkRing}.
 */
package io.caracal.journal.duty;
