/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Clients over TCP. A gateway owns a selector, sockets and their buffers, cuts frames out of what arrives and sends
 * what the engine commits; it runs on the engine's own thread, or on threads of its own that are tied to the engine
 * by rings.
 * <p>
 * Imports the engine's ports and {@code io.caracal.transport}; nothing here decodes a frame.
 * <p>
 * Begin with {@link io.caracal.transport.tcp.TcpGateway}, then {@code FrameReader} and {@code Outbox}.
 */
package io.caracal.transport.tcp;
