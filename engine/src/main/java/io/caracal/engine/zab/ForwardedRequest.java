/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** A request on its way from a learner to its leader: filled, sent, filled again. What it holds is opaque here. */
public final class ForwardedRequest
{
    /** Bytes of the client's identities, from offset 0. */
    public final MutableDirectBuffer identities = new ExpandableArrayBuffer(256);
    /** Number of the learner's conversation with its leader. */
    public long conversation;
    /** Sequence of the request at the server that its client is connected to, its origin. */
    public long sequence;
    /** Incarnation of the origin. */
    public long incarnation;
    /** Session that asks, 0 for a new one. */
    public long sessionId;
    /** Attach number of the session at the learner: a later one elsewhere makes the request void. */
    public long attachNumber;
    /** Opcode of the request. */
    public int opCode;
    /** Time-out of a session that is created or moves, milliseconds. */
    public int timeoutMs;
    /** Length of {@link #identities}. */
    public int identitiesLength;
    /** Holds the body; not copied, valid until it is sent. */
    public DirectBuffer body;
    /** Where the body begins. */
    public int bodyOffset;
    /** Length of the body. */
    public int bodyLength;
}
