/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.server.record.Fact.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Explains why a session expired, from what its server remembers: what became of the connection, and whether the server
 * itself was stalled in the time in which it heard nothing from the client.
 */
public final class SessionStory
{
    /**
     * A stall or force that takes at least this fraction of the session timeout, one third, can make a client give up.
     */
    private static final int TELLING_PART = 3;

    private final List<Fact> told;
    /** The same facts, with times that can be compared: those of a clock that nobody has set in between. */
    private final List<Fact> facts;

    /**
     * Creates a story.
     *
     * @param facts of one session and of its server, oldest first.
     */
    public SessionStory(final List<Fact> facts)
    {
        told = facts;
        this.facts = withoutSteps(facts);
    }

    private static List<Fact> withoutSteps(final List<Fact> facts)
    {
        final List<Fact> steady = new ArrayList<>(facts.size());
        long aheadMs = 0;
        long atMs = Long.MIN_VALUE;
        for (final Fact fact : facts)
        {
            aheadMs += fact.kind() == Kind.CLOCK ? TimeUnit.SECONDS.toMillis(fact.value()) : 0;
            atMs = Math.max(atMs, fact.atMs() - aheadMs);
            steady.add(new Fact(atMs, fact.kind(), fact.sessionId(), fact.value()));
        }

        return steady;
    }

    /**
     * Returns the reason why the session expired.
     *
     * @return a sentence; it says so when the session has not expired, or nothing is remembered.
     */
    public String verdict()
    {
        final Fact expired = last(Kind.EXPIRED, Long.MAX_VALUE);
        if (expired == null)
        {
            return isKnown() ? verdictOfUnexpired() :
                "this server remembers nothing of it; ask the server that leads, and the one that held it";
        }

        final Fact holder = last(Kind.HELD_BY, Long.MAX_VALUE);

        return (holder == null ? ownVerdict(expired) : othersVerdict(expired, holder.value())) + hints(expired);
    }

    /**
     * The verdict when no expiry is known here. Only the leader knows of an expiry; the other servers learn only that
     * the session ended.
     */
    private String verdictOfUnexpired()
    {
        final Fact ended = last(Kind.ENDED, Long.MAX_VALUE);

        return ended == null ? "it has not expired as far as this server knows" :
            "it ended, and did not expire by the word of this server: its client closed it, everything was restored, " +
                "or another server that led let it expire and tells why";
    }

    /**
     * Returns the facts that belong to the story: from the first one about the session to the last one about it if it
     * has ended, else to the present.
     *
     * @return in order; empty when nothing is remembered.
     */
    public List<Fact> course()
    {
        int first = -1;
        int last = -1;
        for (int i = 0; i < told.size(); i++)
        {
            if (told.get(i).sessionId() != 0)
            {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        final boolean hasEnded = last(Kind.ENDED, Long.MAX_VALUE) != null;

        return first < 0 ? List.of() : told.subList(first, hasEnded ? last + 1 : told.size());
    }

    private boolean isKnown()
    {
        return facts.stream().anyMatch(fact -> fact.sessionId() != 0);
    }

    private String ownVerdict(final Fact expired)
    {
        final Fact attached = last(Kind.ATTACHED, expired.atMs());
        final Fact detached = last(Kind.DETACHED, expired.atMs());
        if (detached != null && (attached == null || facts.lastIndexOf(detached) > facts.lastIndexOf(attached)))
        {
            return "its connection ended " + before(detached, expired) +
                " before, and its client did not come back in time: it ended, crashed, or found no way to a server" +
                silence(detached, expired);
        }
        if (attached == null)
        {
            return "its client has not come back since this server leads or started";
        }

        return "its connection stayed open, but its client sent nothing for " + expired.value() +
            " ms, not even a ping: it was paused (garbage collection, suspended) or cut off from the network" +
            stumbles(attached, expired);
    }

    /** Mentions a silence before the connection ended. Such a connection was cut off rather than closed. */
    private String silence(final Fact detached, final Fact expired)
    {
        final Fact heard = last(Kind.LAST_HEARD, detached.atMs());
        return heard == null || heard.value() < expired.value() / TELLING_PART ? "" : "; nothing had been heard for " +
            heard.value() + " ms when it ended";
    }

    /** Mentions how often the client was late before. Such a client is slow rather than gone. */
    private String stumbles(final Fact attached, final Fact expired)
    {
        final long count = facts.stream().filter(fact -> fact.kind() == Kind.SILENT && isWithin(fact, attached.atMs(),
            expired)).count();
        return count == 0 ? "" : "; it had been late before, times: " + count;
    }

    private String othersVerdict(final Fact expired, final long server)
    {
        final Fact down = lastOfServer(Kind.LINK_DOWN, server, expired.atMs());
        final Fact up = lastOfServer(Kind.LINK_UP, server, expired.atMs());
        if (down != null && (up == null || facts.lastIndexOf(down) > facts.lastIndexOf(up)))
        {
            return "server " + server + ", which held it, was lost " + before(down, expired) +
                " before, and its client did not come to another server in time";
        }

        return "server " + server + ", which held it, heard nothing of its client for " + expired.value() +
            " ms; caracal session on its machine says what became of the connection";
    }

    /** Mentions what held up this server itself at that time. */
    private String hints(final Fact expired)
    {
        final StringBuilder text = new StringBuilder();
        final Fact attached = last(Kind.ATTACHED, expired.atMs());
        // Whatever came before the client was last heard did not keep the server from hearing it.
        final long sinceMs = Math.max(expired.atMs() - 2 * expired.value(), attached == null ? 0 : attached.atMs());
        final Fact stall = longest(Kind.STALL, sinceMs, expired);
        final Fact force = longest(Kind.FORCE, sinceMs, expired);
        if (stall != null)
        {
            text.append("; this server itself answered nobody for ").append(stall.value()).append(" ms meanwhile");
        }
        if (force != null)
        {
            text.append("; its disk took ").append(force.value()).append(" ms for one force meanwhile");
        }
        final long changes = facts.stream().filter(fact -> fact.kind() == Kind.ROLE && isWithin(fact, sinceMs,
            expired)).count();
        if (changes > 0)
        {
            text.append("; the role of this server changed meanwhile, and without a leader nobody is answered");
        }

        return text.toString();
    }

    private Fact longest(final Kind kind, final long sinceMs, final Fact expired)
    {
        final long least = expired.value() / TELLING_PART;

        return facts.stream()
            .filter(fact -> fact.kind() == kind && isWithin(fact, sinceMs, expired) && fact.value() >= least)
            .max((left, right) -> Long.compare(left.value(), right.value())).orElse(null);
    }

    private static boolean isWithin(final Fact fact, final long sinceMs, final Fact expired)
    {
        return sinceMs <= fact.atMs() && fact.atMs() <= expired.atMs();
    }

    private Fact last(final Kind kind, final long untilMs)
    {
        return lastOf(fact -> fact.kind() == kind && fact.atMs() <= untilMs && fact.sessionId() != 0);
    }

    private Fact lastOfServer(final Kind kind, final long server, final long untilMs)
    {
        return lastOf(fact -> fact.kind() == kind && fact.atMs() <= untilMs && fact.value() == server);
    }

    private Fact lastOf(final Predicate<Fact> condition)
    {
        Fact found = null;
        for (final Fact fact : facts)
        {
            found = condition.test(fact) ? fact : found;
        }

        return found;
    }

    private static String before(final Fact earlier, final Fact later)
    {
        return later.atMs() - earlier.atMs() + " ms";
    }
}
