/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

/** How far an attempt to link has got since the two servers connected. */
enum LinkPhase
{
    /** The driver begins to listen for the streams of the other server. */
    LISTENING,
    /** The hello is sent; its answer has not come yet. */
    GREETING,
    /** The first messages of all streams are under way, and so are the messages that confirm their arrival. */
    PROVING,
    /** All streams are proven in both directions. */
    UP;

    boolean canBecome(final LinkPhase next)
    {
        return switch (next)
        {
            case LISTENING -> false;
            case GREETING -> this == LISTENING;
            case PROVING -> this == GREETING || this == LISTENING;
            case UP -> this == PROVING;
        };
    }
}
