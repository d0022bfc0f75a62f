/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The transaction log: a sequence of segments, each a Chronicle queue to which only the process that created it
 * appends, and the manifest that says which segments count and up to where. Imports {@code io.caracal.journal}, its
 * {@code duty} and {@code disk}, and the generated {@code format}.
 * <p>
 * Begin with {@link io.caracal.journal.log.ChronicleJournal} and {@code JournalAgent}; {@code Recovery} says what a
 * start accepts.
 */
package io.caracal.journal.log;
