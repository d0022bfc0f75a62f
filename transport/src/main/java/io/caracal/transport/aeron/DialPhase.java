/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

/** How far this server has got in connecting to another one. */
enum DialPhase
{
    /** No attempt is under way: it is not yet time to dial, or it is the other server that dials. */
    IDLE,
    /** The address of the other server is being looked up. */
    RESOLVING,
    /** The silent link is being connected. */
    CONNECTING;

    boolean canBecome(final DialPhase next)
    {
        return switch (next)
        {
            case IDLE -> true;
            case RESOLVING -> this == IDLE;
            case CONNECTING -> this == RESOLVING;
        };
    }
}
