/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A data directory without a server, for tools: reads it as it is, or creates one around a snapshot. May import the
 * other packages of the journal except {@code open} and {@code catchup}.
 * <p>
 * Begin with {@link io.caracal.journal.offline.StoredData} and {@link io.caracal.journal.offline.NewDirectory}.
 */
package io.caracal.journal.offline;
