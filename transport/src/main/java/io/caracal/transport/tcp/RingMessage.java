/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

/**
 * Layout of the messages in the rings between the engine and a gateway. Both ends are in one process, and the layout is
 * never stored.
 *
 * <pre>
 *   every message    0 connection id   8 moment (of frames)   16 frame bytes
 *   FRAME_HEAD       0 connection id   8 moment   16 length of the frame   24 its first bytes
 *   CONNECT          0 connection id   8 port   12 length of the address   16 address
 * </pre>
 *
 * On the way to the engine, the moment of a frame is when it arrived. On the way to a gateway, it is when the engine
 * handed over the frame, or the first of the frames that leave together with it.
 */
final class RingMessage
{
    /** To the engine: a connection is about to deliver its first frame. */
    static final int CONNECT = 1;
    /** In either direction: a whole frame. */
    static final int FRAME = 2;
    /** In either direction: the beginning of a frame that is too long for one message. */
    static final int FRAME_HEAD = 3;
    /** In either direction: a further part of that frame. */
    static final int FRAME_PART = 4;
    /** To the engine: a connection is gone. */
    static final int DISCONNECT = 5;
    /** To a gateway: send what is committed, then close. */
    static final int CLOSE = 6;
    /** To a gateway: close at once, because there is no memory for the connection. */
    static final int ABORT = 7;
    /** To a gateway: hand over nothing more from a connection. */
    static final int HOLD = 8;
    /** To a gateway: hand over again. */
    static final int RELEASE = 9;

    static final int ID_OFFSET = 0;
    static final int ARRIVAL_OFFSET = 8;
    static final int HANDED_OVER_OFFSET = 8;
    static final int PORT_OFFSET = 8;
    static final int ADDRESS_LENGTH_OFFSET = 12;
    static final int PAYLOAD_OFFSET = 16;
    static final int TOTAL_OFFSET = 16;
    static final int HEAD_PAYLOAD_OFFSET = 24;

    private RingMessage()
    {
    }
}
