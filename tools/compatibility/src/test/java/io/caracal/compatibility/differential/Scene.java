/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one performance of a program happens: its servers, its subtree, and the zxids that its clients have seen there.
 */
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
     * In a program with arrivals, every client has the identity of the auth packets between them from the start. All
     * clients use one member, because the order between several members is unknown.
     */
    Scene(final Members members, final String base, final Program program)
    {
        this.members = members;
        this.base = base;
        withArrivals = program.steps().stream().anyMatch(Step.Arrivals.class::isInstance);
        isOfOneSession = program.isOfOneSession();
        firstMember = (int)Math.floorMod(program.seed(), (long)Integer.MAX_VALUE);
    }

    /** The server for a client's connection with this number, counted from 0. */
    InetSocketAddress address(final int client, final int connection)
    {
        return members.address(withArrivals ? firstMember : Math.floorMod(firstMember + client + connection, 1 << 30));
    }

    /** Whether the client itself has to hide that a move took a zxid. */
    boolean leavesMovesToClients()
    {
        return isOfOneSession && members.sessionsMove();
    }

    void sessionMoved() throws IOException
    {
        members.sessionMoved();
    }

    /** Synchronizes the members; does nothing for a program of one session. */
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

    /** Returns the path below the base. Null, and a path that does not begin with a slash, stay as they are. */
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

    /**
     * Returns the zxid seen {@code ago} zxids before the latest; 0 when there was none. A negative number stands for a
     * zxid that no client has seen: 0, -1 or the largest.
     */
    long zxid(final int ago)
    {
        if (ago < 0)
        {
            return ago == FAR_FUTURE ? Long.MAX_VALUE : ago == NEVER ? 0 : -1;
        }

        return zxids.isEmpty() ? 0 : zxids.get(Math.max(0, zxids.size() - 1 - ago));
    }
}
