/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Commands that inspect files: the journal and snapshots, including those of ZooKeeper. May import the server and the
 * journal.
 * <p>
 * Begin with {@link io.caracal.shell.inspect.JournalCommand} and {@link io.caracal.shell.inspect.SnapshotCommand}.
 */
package io.caracal.shell.inspect;
