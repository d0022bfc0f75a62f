/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * What the members of a fleet do while servers are in trouble: each wants one write acknowledged, on the connection it
 * has or, when that breaks, with the same session at the next server that lets it in.
 */
final class Resumption
{
    private static final long PAUSE_MIN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int DOUBLINGS_MAX = 4;
    private static final long NOT_DUE = Long.MAX_VALUE;
    private static final byte[] PAYLOAD = new byte[8];

    private final Fleet fleet;
    private final FleetFrames frames;
    private final List<InetSocketAddress> servers;
    private final String path;
    private final long[] dueNs;
    private final int[] tries;
    private final Histogram acknowledged = new Histogram(3);
    private long begunNs;

    Resumption(
        final Fleet fleet, final FleetFrames frames, final List<InetSocketAddress> servers, final int members,
        final String path)
    {
        this.fleet = fleet;
        this.frames = frames;
        this.servers = servers;
        this.path = path;
        dueNs = new long[members];
        Arrays.fill(dueNs, NOT_DUE);
        tries = new int[members];
    }

    /** When the trouble began; before anything is written. */
    void begunNs(final long ns)
    {
        begunNs = ns;
    }

    void write(final Member member)
    {
        try
        {
            member.send(frames.set(member.nextXid(), path, PAYLOAD));
        }
        catch (final IOException ex)
        {
            onBroken(member);
        }
    }

    /** The first attempt at the next server comes with the next turn, others after pauses that double. */
    void onBroken(final Member member)
    {
        final int index = member.index();
        dueNs[index] = System.nanoTime() + (tries[index] == 0 ? 0 : PAUSE_MIN_NS << Math.min(tries[index] - 1,
            DOUBLINGS_MAX));
        tries[index]++;
        member.abandon();
    }

    void onTime(final Selector selector, final List<Member> members, final long nowNs)
    {
        for (final Member member : members)
        {
            final int index = member.index();
            if (dueNs[index] != NOT_DUE && nowNs - dueNs[index] >= 0)
            {
                dueNs[index] = NOT_DUE;
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
        }
    }

    /**
     * Which server a member asks. What was connected to one server is dealt out to all others, as clients do who
     * shuffle their lists, or one of them would get it all; when all others were asked, the first has its turn.
     */
    static int turn(final int index, final int attempt, final int servers)
    {
        final int home = index % servers;
        return attempt % servers == servers - 1 ? home :
            (home + 1 + (index / servers + attempt) % (servers - 1)) % servers;
    }

    void onAcknowledged()
    {
        acknowledged.recordValue(System.nanoTime() - begunNs);
    }

    int moved()
    {
        int moved = 0;
        for (final int times : tries)
        {
            moved += times > 0 ? 1 : 0;
        }

        return moved;
    }

    Histogram acknowledged()
    {
        return acknowledged;
    }
}
