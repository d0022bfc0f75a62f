/* SPDX-License-Identifier: Apache-2.0 */
/**
 * {@code caracal top}: looks at the servers of this machine from outside, through the file of figures that each keeps
 * in shared memory. It thus also sees one that hangs or was killed. Asks no server anything.
 * <p>
 * Begin with {@link io.caracal.shell.top.TopCommand} and {@link io.caracal.shell.top.SessionCommand}.
 */
package io.caracal.shell.top;
