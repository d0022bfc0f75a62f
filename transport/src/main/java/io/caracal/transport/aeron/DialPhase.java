/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

/** How far this server has come in reaching another one. */
enum DialPhase
{
    /** Nothing is under way: the time to dial has not come, or the other server is to dial. */
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
