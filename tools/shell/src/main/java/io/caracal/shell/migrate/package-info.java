/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Commands that take data in and out: import, export, backup, restore. May import the server and the journal.
 */
package io.caracal.shell.migrate;
