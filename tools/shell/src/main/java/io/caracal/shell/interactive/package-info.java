/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The shell of a person at a terminal: line editing, completion and a persistent history. Loaded only for that. May
 * import command.
 * <p>
 * Begin with {@link io.caracal.shell.interactive.InteractiveLoop}.
 */
package io.caracal.shell.interactive;
