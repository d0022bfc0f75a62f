/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.PeerStatement;
import io.caracal.engine.zab.Vote;
import io.caracal.engine.zab.codec.PeerState;
import java.util.Arrays;

/**
 * Tells all other servers which leader this server has, or that it leads itself. Servers that look for a leader are
 * told again.
 */
final class Announcement
{
    private final Node node;
    private final PeerState state;
    private final Vote leader;
    private final boolean[] isToBeTold;
    private boolean counts;

    Announcement(final Node node, final PeerState state, final long leader, final boolean counts)
    {
        this.node = node;
        this.counts = counts;
        this.state = state;
        this.leader = new Vote(leader, node.epochs().current(), node.log().lastZxid());
        isToBeTold = new boolean[node.members().size()];
        Arrays.fill(isToBeTold, true);
    }

    /**
     * Announces that acknowledgements of this server count from now on, although its vote did not when the leader was
     * elected.
     */
    void counts()
    {
        if (!counts)
        {
            counts = true;
            Arrays.fill(isToBeTold, true);
        }
    }

    void onLinkUp(final long server)
    {
        tell(server);
    }

    void onStatement(final long server, final PeerStatement statement)
    {
        if (statement.isLooking())
        {
            tell(server);
        }
    }

    private void tell(final long server)
    {
        isToBeTold[node.links().indexOf(server)] = true;
    }

    int doWork()
    {
        int told = 0;
        final Ensemble members = node.members();
        for (int i = 0; i < isToBeTold.length; i++)
        {
            if (isToBeTold[i] && node.links().isUp(members.serverId(i)))
            {
                isToBeTold[i] = !node.sender().notification(members.serverId(i), node.round(), leader, state, false,
                    counts);
                told += isToBeTold[i] ? 0 : 1;
            }
        }

        return told;
    }
}
