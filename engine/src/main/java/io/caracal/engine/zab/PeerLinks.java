/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import java.util.Arrays;

/**
 * The links of this server: which members of the ensemble are linked at the moment, in which generation, and what each
 * of them last said about its leader. It belongs to the server, not to a role, so that a new role knows what was said
 * before it began.
 */
public final class PeerLinks
{
    private static final long DOWN = 0;

    private final Ensemble members;
    private final long serverId;
    private final long[] generations;
    private final PeerStatement[] statements;

    /**
     * Creates a table in which no member is linked.
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
     * @return index in the order of {@link Ensemble#serverId}, -1 for a server that is no member.
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
     * Records that a link came up.
     *
     * @param server     at the other end.
     * @param generation of the link.
     * @return false for this server itself or a server that is no member; nothing is recorded then.
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
     * Records that a generation of a link ended.
     *
     * @param server     at the other end.
     * @param generation that ended.
     * @return whether it was the present generation; otherwise nothing changes.
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
     * @return false also for this server itself and for servers that are no members.
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
     * Records what a linked server says about its leader.
     *
     * @param server    that said it.
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
     * What a server last said about its leader.
     *
     * @param server that said it.
     * @return {@link PeerStatement#NONE} when the server is not linked or has said nothing yet.
     */
    public PeerStatement statement(final long server)
    {
        final int index = indexOf(server);

        return index < 0 ? PeerStatement.NONE : statements[index];
    }
}
