/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import java.util.Arrays;

/**
 * Which members of the ensemble are linked with this server at the moment, in which generation, and what they said last
 * about their leader. It belongs to the server, not to a role, so that a role that begins knows what was said before.
 */
public final class PeerLinks
{
    private static final long DOWN = 0;

    private final Ensemble members;
    private final long serverId;
    private final long[] generations;
    private final PeerStatement[] statements;

    /**
     * Nobody is linked yet.
     *
     * @param members  of the ensemble.
     * @param serverId of this server.
     */
    public PeerLinks(final Ensemble members, final long serverId)
    {
        this.members = members;
        this.serverId = serverId;
        generations = new long[members.size()];
        statements = new PeerStatement[members.size()];
        Arrays.fill(statements, PeerStatement.NONE);
    }

    /**
     * Place of a member.
     *
     * @param server its id.
     * @return index in the order of {@link Ensemble#serverId}, -1 for a stranger.
     */
    public int indexOf(final long server)
    {
        for (int i = 0; i < generations.length; i++)
        {
            if (members.serverId(i) == server)
            {
                return i;
            }
        }

        return -1;
    }

    /**
     * A link came up.
     *
     * @param server     at its other end.
     * @param generation of it.
     * @return false for a stranger, who is passed over.
     */
    public boolean onUp(final long server, final long generation)
    {
        final int index = indexOf(server);
        if (index < 0 || server == serverId)
        {
            return false;
        }
        generations[index] = generation;
        statements[index] = PeerStatement.NONE;

        return true;
    }

    /**
     * A generation of a link ended.
     *
     * @param server     at its other end.
     * @param generation of it.
     * @return whether it was the present one.
     */
    public boolean onDown(final long server, final long generation)
    {
        final int index = indexOf(server);
        if (index < 0 || generations[index] != generation)
        {
            return false;
        }
        generations[index] = DOWN;
        statements[index] = PeerStatement.NONE;

        return true;
    }

    /**
     * Whether a server is linked.
     *
     * @param server its id.
     * @return false also for this server and for strangers.
     */
    public boolean isUp(final long server)
    {
        final int index = indexOf(server);

        return index >= 0 && generations[index] != DOWN;
    }

    /**
     * Whether all other voters are linked.
     *
     * @return true when none is missing.
     */
    public boolean hasAllVoters()
    {
        for (int i = 0; i < members.voterCount(); i++)
        {
            if (generations[i] == DOWN && members.serverId(i) != serverId)
            {
                return false;
            }
        }

        return true;
    }

    /**
     * A linked server said something about its leader.
     *
     * @param server    which.
     * @param statement what it said.
     */
    public void onStatement(final long server, final PeerStatement statement)
    {
        final int index = indexOf(server);
        if (index >= 0)
        {
            statements[index] = statement;
        }
    }

    /**
     * What a server said last.
     *
     * @param server which.
     * @return {@link PeerStatement#NONE} when it is not linked or said nothing yet.
     */
    public PeerStatement statement(final long server)
    {
        final int index = indexOf(server);

        return index < 0 ? PeerStatement.NONE : statements[index];
    }
}
