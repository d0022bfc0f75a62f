/* SPDX-License-Identifier: Apache-2.0 */

/**
 * A person at a terminal: line editing, completion, history that lasts. Loaded only then. May import command.
 * <p>
 * Begin with {@link io.caracal.shell.interactive.InteractiveLoop}.
 */
package io.caracal.shell.interactive;
