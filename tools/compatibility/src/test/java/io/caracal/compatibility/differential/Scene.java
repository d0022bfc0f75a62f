/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Where one performance of a program happens: servers, subtree, and the zxids that its clients have seen there. */
final class Scene
{
    static final int NEVER = -1;
    static final int FAR_FUTURE = -3;

    private final Members members;
    private final String base;
    private final boolean withArrivals;
    private final boolean isOfOneSession;
    private final int firstMember;
    private final List<Long> zxids = new ArrayList<>();

    /**
     * With arrivals every client bears the identity of the auth packets that are sent between them, from the start; and
     * all go through one member, since nothing is known of an order between several.
     */
    Scene(final Members members, final String base, final Program program)
    {
        this.members = members;
        this.base = base;
        withArrivals = program.steps().stream().anyMatch(Step.Arrivals.class::isInstance);
        isOfOneSession = program.isOfOneSession();
        firstMember = (int)Math.floorMod(program.seed(), (long)Integer.MAX_VALUE);
    }

    /** Where a client goes with its connection of this number, from 0. */
    InetSocketAddress address(final int client, final int connection)
    {
        return members.address(withArrivals ? firstMember : Math.floorMod(firstMember + client + connection, 1 << 30));
    }

    /** Whether the client is to hide by itself that a move took a zxid. */
    boolean leavesMovesToClients()
    {
        return isOfOneSession && members.sessionsMove();
    }

    void sessionMoved() throws IOException
    {
        members.sessionMoved();
    }

    /** Nothing happens for a program of one session. */
    void level() throws IOException
    {
        if (!isOfOneSession)
        {
            members.level();
        }
    }

    boolean withArrivals()
    {
        return withArrivals;
    }

    /** A path below the base; null stays null, and what does not begin with a slash stays as it is. */
    String path(final String relative)
    {
        return relative == null || !relative.startsWith("/") ? relative : relative.equals("/") && !base.isEmpty() ?
            base : base + relative;
    }

    void saw(final long zxid)
    {
        if (zxid > 0 && !zxids.contains(zxid))
        {
            zxids.add(zxid);
        }
    }

    /** Whether a session that moves may take a zxid. */
    boolean sessionsMove()
    {
        return members.sessionsMove();
    }

    /** The zxid seen first so many sights ago; 0 when there was none; -1 to -3: one that nobody saw. */
    long zxid(final int ago)
    {
        if (ago < 0)
        {
            return ago == FAR_FUTURE ? Long.MAX_VALUE : ago == NEVER ? 0 : -1;
        }

        return zxids.isEmpty() ? 0 : zxids.get(Math.max(0, zxids.size() - 1 - ago));
    }
}
