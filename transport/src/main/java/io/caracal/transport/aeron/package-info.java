/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Links between servers: implements {@link io.caracal.engine.port.PeerPort} over Aeron's UDP streams, which are agreed
 * and ended over a silent TCP link. This is the only package that imports Aeron. It also imports Agrona, the engine's
 * ports, the parent package, and the selector of {@code transport.tcp}.
 * <p>
 * Begin with {@link io.caracal.transport.aeron.AeronPeerPort} and {@code LinkAttempt}.
 */
package io.caracal.transport.aeron;
