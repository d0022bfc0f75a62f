/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a user of the journal module configures and listens to. The module keeps what must survive: the transaction log,
 * snapshots and the two epochs, as adapters of the engine's ports. {@code io.caracal.journal.open.OpenJournal} puts
 * them together. This package imports only {@code io.caracal.journal.disk}, and every other package of the module may
 * import it.
 * <p>
 * Begin with {@link io.caracal.journal.JournalContext}, for what can be set, and {@code OpenJournal}.
 */
package io.caracal.journal;
