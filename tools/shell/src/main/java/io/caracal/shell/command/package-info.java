/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The commands that can be typed, one class each, and the shell that runs them. May import client and terminal.
 * <p>
 * Begin with {@link io.caracal.shell.command.Shell} and {@code CommandTable}.
 */
package io.caracal.shell.command;
