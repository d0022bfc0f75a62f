/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The servers that are measured, each in a process of its own: which kinds there are, how a server is started and
 * killed, and what the system tells about its process. This package knows nothing about load and shapes.
 * <p>
 * Begin with {@link io.caracal.bench.servers.ServerKind} and {@link io.caracal.bench.servers.ServerProcess}.
 */
package io.caracal.bench.servers;
