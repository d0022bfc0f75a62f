/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Commands that bring data in and take it out: import, export, backup, restore. May import the server and the journal.
 * <p>
 * Begin with {@link io.caracal.shell.migrate.ImportCommand} and {@link io.caracal.shell.migrate.BackupCommand}.
 */
package io.caracal.shell.migrate;
