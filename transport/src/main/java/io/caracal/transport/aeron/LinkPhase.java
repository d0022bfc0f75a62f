/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

/** How far an attempt to link has come since two servers are connected. */
enum LinkPhase
{
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
            case LISTENING -> false;
            case GREETING -> this == LISTENING;
            case PROVING -> this == GREETING || this == LISTENING;
            case UP -> this == PROVING;
        };
    }
}
