/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Links between servers: {@link io.caracal.engine.port.PeerPort} over Aeron's UDP streams, agreed and ended over a
 * silent TCP link. The only package that imports Aeron; beside it Agrona, the engine's ports and {@code
 * transport.tcp}'s idle.
 * <p>
 * Begin with {@link io.caracal.transport.aeron.AeronPeerPort} and {@code LinkAttempt}.
 */
package io.caracal.transport.aeron;
