/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The time-outs that the client of one session asked for and was told. It may be told another one each time it comes
 * back. The last one counts. But only the first one is part of the history. A leader hears of another one from the
 * server that told the client, so nobody is blamed if that server could not tell the leader.
 */
final class Agreements
{
    /** For how long a server may still receive what a client sent that gave the server up. */
    private static final long ARRIVAL_MAX_NS = TimeUnit.SECONDS.toNanos(15);

    private final LeaderNews news;
    private final List<Agreement> made = new ArrayList<>();
    private final List<Wish> unanswered = new ArrayList<>();
    private long leastNs;
    private long mostNs;

    /** What a client was told. */
    private record Agreement(long server, long timeoutNs, long saidNs)
    {
    }

    /** A time-out that a client asked for without hearing whether it was agreed on. */
    private record Wish(long timeoutNs, long sentNs)
    {
    }

    /**
     * Begins with a session.
     *
     * @param news    tells what leaders know.
     * @param firstNs the time-out with which the session begins.
     */
    Agreements(final LeaderNews news, final long firstNs)
    {
        this.news = news;
        leastNs = firstNs;
        mostNs = firstNs;
    }

    /** The client comes back and asks for a time-out. A server may agree on it although the client never hears so. */
    void onAsked(final long timeoutNs, final long sentNs)
    {
        unanswered.add(new Wish(timeoutNs, sentNs));
        note(timeoutNs);
    }

    /** The client was told a time-out, which answers what it asked last. */
    void onTold(final long server, final long timeoutNs, final long saidNs)
    {
        if (!unanswered.isEmpty())
        {
            unanswered.remove(unanswered.size() - 1);
        }
        made.add(new Agreement(server, timeoutNs, saidNs));
        note(timeoutNs);
    }

    private void note(final long timeoutNs)
    {
        leastNs = Math.min(leastNs, timeoutNs);
        mostNs = Math.max(mostNs, timeoutNs);
    }

    /** Number of the agreement under which the client now sends. */
    int current()
    {
        return made.size() - 1;
    }

    /**
     * How long a leader has to let the session live after a sign of life: as long as was agreed on then, or less if
     * less was agreed on, or may have been, since then.
     *
     * @param number of the agreement under which the client gave the sign of life.
     * @param sentNs when it did.
     * @param leader that ends the session.
     * @param epoch  of that leader.
     * @return nanoseconds.
     */
    long promisedNs(final int number, final long sentNs, final long leader, final long epoch)
    {
        long promisedNs = mostNs;
        for (final Agreement agreement : made.subList(Math.max(0, number), made.size()))
        {
            final boolean isKnown = news.isKnown(leader, epoch, agreement.server, agreement.saidNs);
            promisedNs = Math.min(promisedNs, isKnown ? agreement.timeoutNs : leastNs);
        }
        final boolean isInDoubt = unanswered.stream().anyMatch(wish -> wish.sentNs > sentNs - ARRIVAL_MAX_NS);

        return isInDoubt ? leastNs : promisedNs;
    }

    /**
     * How long the session may live after the last sign of life, while nothing disturbs the servers.
     *
     * @param quietSinceNs since when nothing has disturbed them.
     * @return nanoseconds.
     */
    long permittedNs(final long quietSinceNs)
    {
        final boolean isCertain = unanswered.isEmpty() && !made.isEmpty() &&
            made.get(made.size() - 1).saidNs >= quietSinceNs;

        return isCertain ? made.get(made.size() - 1).timeoutNs : mostNs;
    }
}
