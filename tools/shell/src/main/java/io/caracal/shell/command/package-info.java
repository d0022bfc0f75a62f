/* SPDX-License-Identifier: Apache-2.0 */

/**
 * What can be typed: one class per command, and the shell that runs them. May import client and terminal.
 * <p>
 * Begin with {@link io.caracal.shell.command.Shell} and {@code CommandTable}.
 */
package io.caracal.shell.command;
