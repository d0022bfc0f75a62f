/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The wire format that clients speak: big-endian records without tags, read and written where they lie. One flyweight
 * per request record, encoders for replies with exact lengths known up front, and the rules that paths obey.
 * <p>
 * Decoders judge only whether a record can be decoded; what it means is judged elsewhere. Nothing here allocates after
 * construction and nothing throws on what a client sent. This package imports agrona and {@code io.caracal.engine}
 * only.
 * <p>
 * Begin with {@link io.caracal.engine.protocol.RequestDecoder} and {@link io.caracal.engine.protocol.ReplyEncoder}.
 */
package io.caracal.engine.protocol;
