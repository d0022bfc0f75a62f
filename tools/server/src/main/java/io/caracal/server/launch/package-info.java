/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a start checks and opens before a server serves: directories, the JVM, and the ports for clients, other servers
 * and operators. A problem ends the start with a {@link io.caracal.server.launch.LaunchException}, which says what to
 * do and carries the exit code.
 * <p>
 * Begin with {@link io.caracal.server.launch.DataDirectory} and {@link io.caracal.server.launch.LaunchException}.
 */
package io.caracal.server.launch;
