/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connects members again whose connection broke, to the next server that lets them in. The first attempt is made at
 * once, the others after pauses that double.
 */
final class Redial
{
    private static final long PAUSE_MIN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int DOUBLINGS_MAX = 4;
    private static final long NOT_DUE = Long.MAX_VALUE;

    private final Fleet fleet;
    private final List<InetSocketAddress> servers;
    private final long[] dueNs;
    private final int[] tries;
    private int waiting;

    Redial(final Fleet fleet, final List<InetSocketAddress> servers, final int members)
    {
        this.fleet = fleet;
        this.servers = servers;
        dueNs = new long[members];
        Arrays.fill(dueNs, NOT_DUE);
        tries = new int[members];
    }

    void onBroken(final Member member)
    {
        final int index = member.index();
        dueNs[index] = System.nanoTime() + (tries[index] == 0 ? 0 : PAUSE_MIN_NS << Math.min(tries[index] - 1,
            DOUBLINGS_MAX));
        tries[index]++;
        waiting++;
        member.abandon();
    }

    void onTime(final Selector selector, final List<Member> members, final long nowNs)
    {
        if (waiting > 0)
        {
            members.forEach(member -> dialIfDue(selector, member, nowNs));
        }
    }

    private void dialIfDue(final Selector selector, final Member member, final long nowNs)
    {
        final int index = member.index();
        if (dueNs[index] == NOT_DUE || nowNs - dueNs[index] < 0)
        {
            return;
        }

        dueNs[index] = NOT_DUE;
        waiting--;
        try
        {
            final InetSocketAddress server = servers.get(turn(index, tries[index] - 1, servers.size()));
            member.connect(selector, fleet.source(index, server), server);
        }
        catch (final IOException ex)
        {
            onBroken(member);
        }
    }

    /**
     * Which server a member asks. The members of one server are spread over all others, as happens with clients that
     * shuffle their lists; otherwise one server would get them all. When all others were asked, it is the turn of the
     * first one again.
     */
    static int turn(final int index, final int attempt, final int servers)
    {
        final int home = index % servers;
        return attempt % servers == servers - 1 ? home :
            (home + 1 + (index / servers + attempt) % (servers - 1)) % servers;
    }

    /** Members whose connection broke. */
    int moved()
    {
        int moved = 0;
        for (final int times : tries)
        {
            moved += times > 0 ? 1 : 0;
        }

        return moved;
    }
}
