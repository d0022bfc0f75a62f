/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A request on its way from a learner to its leader. The object is reused: filled, sent, and filled again. Its content
 * is opaque to this package.
 */
public final class ForwardedRequest
{
    /** Bytes of the client's identities, from offset 0. */
    public final MutableDirectBuffer identities = new ExpandableArrayBuffer(256);
    /** Id of the learner's conversation with its leader. */
    public long conversation;
    /** Sequence number of the request at its origin, the server that the client is connected to. */
    public long sequence;
    /** Incarnation of the origin. */
    public long incarnation;
    /** Session that makes the request, 0 for a new one. */
    public long sessionId;
    /** Attach number of the session at the learner. The request is void if the session has a later one elsewhere. */
    public long attachNumber;
    /** Opcode of the request. */
    public int opCode;
    /** Time-out in milliseconds of a session that is created or moves. */
    public int timeoutMs;
    /** Length of {@link #identities}. */
    public int identitiesLength;
    /** Holds the body. It is not copied, and must stay valid until the request is sent. */
    public DirectBuffer body;
    /** Where the body begins. */
    public int bodyOffset;
    /** Length of the body. */
    public int bodyLength;
}
