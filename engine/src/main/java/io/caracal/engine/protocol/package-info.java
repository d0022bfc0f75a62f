/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The wire format that clients speak: big-endian records without tags, read and written in place. There is one
 * flyweight per request record, encoders for replies whose exact lengths are known in advance, and the rules that paths
 * obey.
 * <p>
 * Decoders only decide whether a record can be decoded; its meaning is checked elsewhere. Nothing here allocates after
 * construction, and nothing throws because of what a client sent. This package imports agrona and
 * {@code io.caracal.engine} only.
 * <p>
 * Begin with {@link io.caracal.engine.protocol.RequestDecoder} and {@link io.caracal.engine.protocol.ReplyEncoder}.
 */
package io.caracal.engine.protocol;
