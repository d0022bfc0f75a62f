/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The shell's one session with a server, and what its errors mean to a person. May import terminal.
 * <p>
 * Begin with {@link io.caracal.shell.client.Connection}.
 */
package io.caracal.shell.client;
