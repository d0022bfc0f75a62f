/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Where lines come from and go to, so that no other package deals with streams or screens. Imports nothing of the
 * shell.
 * <p>
 * Begin with {@link io.caracal.shell.terminal.Terminal}.
 */
package io.caracal.shell.terminal;
