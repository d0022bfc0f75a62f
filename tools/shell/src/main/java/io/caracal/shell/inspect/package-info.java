/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Commands that look into files: the journal, snapshots, those of ZooKeeper too. May import the server and the journal.
 */
package io.caracal.shell.inspect;
