/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The links between servers, in memory: the engine's peer port without sockets, threads or clocks. Faults are made on
 * demand or drawn from a seed. May import the engine's ports and Agrona.
 * <p>
 * Begin with {@link io.caracal.simulator.peers.SimulatedNetwork}.
 */
package io.caracal.simulator.peers;
