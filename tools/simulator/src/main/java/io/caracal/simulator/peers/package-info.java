/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Servers and the links between them in memory: the engine's peer port without sockets, threads or clocks, with faults
 * on demand and drawn from a seed. May import the engine's ports and Agrona.
 * <p>
 * Begin with {@link io.caracal.simulator.peers.SimulatedNetwork}.
 */
package io.caracal.simulator.peers;
