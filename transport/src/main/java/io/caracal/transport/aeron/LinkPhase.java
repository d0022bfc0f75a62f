/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

/** How far the link with one other server has come. */
enum LinkPhase
{
    /** Nothing is under way: the time to dial has not come, or the other server is to dial. */
    IDLE,
    /** The address of the other server is being looked up. */
    RESOLVING,
    /** The silent link is being connected. */
    CONNECTING,
    /** The driver begins to listen for the streams of the other server. */
    LISTENING,
    /** The hello is sent, its answer has not come. */
    GREETING,
    /** The first messages of all streams are under way, and the news that they arrived. */
    PROVING,
    /** All streams are proven both ways. */
    UP;

    boolean canBecome(final LinkPhase next)
    {
        return switch (next)
        {
            case IDLE -> true;
            case RESOLVING -> IDLE == this;
            case CONNECTING -> RESOLVING == this;
            case LISTENING -> CONNECTING == this || IDLE == this;
            case GREETING -> LISTENING == this;
            case PROVING -> GREETING == this || LISTENING == this;
            case UP -> PROVING == this;
        };
    }
}
