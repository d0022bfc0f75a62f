/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Adapters between the engine's ports and the network. This package holds their settings, their events, and the
 * operators' words that arrive at the client port; the adapters themselves are in the packages below. May import the
 * engine's ports and Agrona.
 * <p>
 * Begin with {@link io.caracal.transport.TransportContext} and {@link io.caracal.transport.PeerContext}.
 */
package io.caracal.transport;
