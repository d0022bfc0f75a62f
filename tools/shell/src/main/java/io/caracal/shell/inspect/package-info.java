/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Commands that look into files: the journal, snapshots, those of ZooKeeper too. May import the server and the journal.
 * <p>
 * Begin with {@link io.caracal.shell.inspect.JournalCommand} and {@link io.caracal.shell.inspect.SnapshotCommand}.
 */
package io.caracal.shell.inspect;
