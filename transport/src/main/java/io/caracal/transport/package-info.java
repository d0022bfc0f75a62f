/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Adapters between the engine's ports and the network: its settings, what it reports, and the words of operators that
 * arrive at the client port. May import the engine's ports and Agrona; the adapters themselves live one package deeper.
 * <p>
 * Begin with {@link io.caracal.transport.TransportContext} and {@link io.caracal.transport.PeerContext}.
 */
package io.caracal.transport;
