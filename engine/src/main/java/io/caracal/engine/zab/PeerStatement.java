/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.zab.codec.NotificationDecoder;
import io.caracal.engine.zab.codec.PeerState;

/**
 * What a linked server last said about whom it votes for or follows.
 *
 * @param state   of the server.
 * @param round   of its election.
 * @param vote    for the server that it votes for or follows; {@link Vote#NONE} for nobody.
 * @param votes   whether its vote counts.
 * @param isBlank whether it has never adopted any history.
 */
public record PeerStatement(PeerState state, long round, Vote vote, boolean votes, boolean isBlank)
{
    /** Stands for a server that has said nothing yet in this generation of its link. */
    public static final PeerStatement NONE =
        new PeerStatement(PeerState.LEAVING, Long.MIN_VALUE, Vote.NONE, false, false);

    /**
     * Reads a statement from a message.
     *
     * @param message well-formed.
     * @return what it says, {@link #NONE} when it names a state that this version does not know.
     */
    public static PeerStatement of(final NotificationDecoder message)
    {
        for (final PeerState state : PeerState.values())
        {
            if (state != PeerState.NULL_VAL && state.value() == message.stateRaw())
            {
                return new PeerStatement(state, message.round(),
                    new Vote(message.leader(), message.leaderEpoch(), message.leaderZxid()), message.votesRaw() != 0,
                    message.isBlankRaw() != 0);
            }
        }

        return NONE;
    }

    /**
     * Whether the server is looking for a leader.
     *
     * @return true while it has none.
     */
    public boolean isLooking()
    {
        return state == PeerState.LOOKING;
    }
}
