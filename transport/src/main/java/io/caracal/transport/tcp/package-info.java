/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Client connections over TCP. A gateway owns a selector, sockets and their buffers. It cuts frames out of what arrives
 * and sends what the engine commits. It runs on the engine's own thread, or on a thread of its own that is connected to
 * the engine by rings.
 * <p>
 * Imports the engine's ports and {@code io.caracal.transport}. Nothing here decodes a frame.
 * <p>
 * Begin with {@link io.caracal.transport.tcp.TcpGateway}, then {@code FrameReader} and {@code Outbox}.
 */
package io.caracal.transport.tcp;
