/* SPDX-License-Identifier: Apache-2.0 */

/**
 * What can be typed: one class per command, and the shell that runs them. May import client and terminal.
 */
package io.caracal.shell.command;
