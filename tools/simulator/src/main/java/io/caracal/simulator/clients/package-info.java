/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Clients and their connections in memory: the engine's client port without sockets, threads or clocks. May import the
 * engine's ports and Agrona.
 * <p>
 * Begin with {@link io.caracal.simulator.clients.SimulatedSession}.
 */
package io.caracal.simulator.clients;
