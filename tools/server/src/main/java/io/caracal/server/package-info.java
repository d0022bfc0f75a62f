/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The composition root: puts engine, transport and journal together into a server that can be run or embedded. It may
 * import everything below it; nothing but tools imports it.
 * <p>
 * Begin with {@code ServerAssembly}, which opens everything in order; {@link io.caracal.server.Server} is what programs
 * embed.
 */
package io.caracal.server;
