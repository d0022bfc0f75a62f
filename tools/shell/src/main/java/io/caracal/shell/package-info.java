/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The command line of the shell: start options, and the choice between one command, a pipe and a person. May import all
 * of the shell.
 * <p>
 * Begin with {@link io.caracal.shell.ShellMain} and {@link io.caracal.shell.FilesMain}.
 */
package io.caracal.shell;
