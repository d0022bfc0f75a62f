/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Assembles engine, transport and journal into a server that can be run or embedded. This package may import everything
 * below it; only {@code server.main}, the shell and the bench import it.
 * <p>
 * Begin with {@code ServerAssembly}, which opens everything in order; {@link io.caracal.server.Server} is what programs
 * embed.
 */
package io.caracal.server;
