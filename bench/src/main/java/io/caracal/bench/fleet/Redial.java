/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reconnects members whose connection broke to the next server that lets them in. The first attempt is made at once,
 * the others after pauses that double up to a limit.
 */
final class Redial
{
    private static final long PAUSE_MIN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int DOUBLINGS_MAX = 4;

    private final SourceAddresses sources;
    private final List<InetSocketAddress> servers;
    private final int[] tries;
    /**
     * One queue for each length of the pause. The last member in a queue is due last, so there is no need to look at
     * all members.
     */
    private final List<Deque<Turn>> waiting = new ArrayList<>();

    /** A member to be connected again, but not before {@code dueNs}. */
    private record Turn(int index, long dueNs)
    {
    }

    Redial(final SourceAddresses sources, final List<InetSocketAddress> servers, final int members)
    {
        this.sources = sources;
        this.servers = servers;
        tries = new int[members];
        for (int i = 0; i <= 1 + DOUBLINGS_MAX; i++)
        {
            waiting.add(new ArrayDeque<>());
        }
    }

    void onBroken(final Member member)
    {
        final int index = member.index();
        final int pause = Math.min(tries[index], 1 + DOUBLINGS_MAX);
        final long pauseNs = pause == 0 ? 0 : PAUSE_MIN_NS << (pause - 1);
        waiting.get(pause).add(new Turn(index, System.nanoTime() + pauseNs));
        tries[index]++;
        member.abandon();
    }

    void onTime(final Selector selector, final List<Member> members, final long nowNs)
    {
        for (final Deque<Turn> ofOnePause : waiting)
        {
            while (!ofOnePause.isEmpty() && nowNs - ofOnePause.peek().dueNs() >= 0)
            {
                dial(selector, members.get(ofOnePause.poll().index()));
            }
        }
    }

    private void dial(final Selector selector, final Member member)
    {
        final int index = member.index();
        try
        {
            final InetSocketAddress server = servers.get(turn(index, tries[index] - 1, servers.size()));
            member.connect(selector, sources.of(index, server), server);
        }
        catch (final IOException ex)
        {
            onBroken(member);
        }
    }

    /**
     * Returns the index of the server that a member tries. The members of one server are spread over all others, as
     * with clients that shuffle their lists; otherwise one server would get them all. After all others it tries the
     * server that it came from again.
     */
    static int turn(final int index, final int attempt, final int servers)
    {
        final int home = index % servers;
        return attempt % servers == servers - 1 ? home :
            (home + 1 + (index / servers + attempt) % (servers - 1)) % servers;
    }

    /** Returns how many members had a connection that broke. */
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
