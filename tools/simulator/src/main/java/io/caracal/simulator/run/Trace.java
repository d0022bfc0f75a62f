/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.simulator.check.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The events of a run: a hash of all events, and the last events of each actor for people who look for a cause. Two
 * runs of a seed must end with the same hash.
 */
public final class Trace
{
    /** The actor of events that belong to no server or client: faults and the run itself. */
    static final String WORLD = "world";

    private static final int LAST_MAX = 200;
    private static final long PRIME = 0x100_0000_01b3L;
    private static final double NS_PER_MS = 1e6;

    private final TreeMap<String, Event[]> lastOf = new TreeMap<>();
    private final TreeMap<String, Integer> countOf = new TreeMap<>();
    private long hash = 0xcbf2_9ce4_8422_2325L;
    private long eventCount;
    private long nowNs;

    private record Event(long order, long timeNs, String actor, String what, long number, boolean isZxid, Object detail)
    {
        @Override
        public String toString()
        {
            return String.format(Locale.ROOT, "%14.3f ms  %-9s %s %s%s", timeNs / NS_PER_MS, actor, what,
                isZxid ? Violation.zxid(number) : String.valueOf(number), detail == null ? "" : "  " + detail);
        }
    }

    void time(final long timeNs)
    {
        nowNs = timeNs;
    }

    /** Adds an event with a number. */
    void add(final String actor, final String what, final long number, final Object detail)
    {
        keep(actor, new Event(eventCount, nowNs, actor, what, number, false, detail));
        hash(actor, what, number);
    }

    /** Adds an event with a zxid. */
    void zxid(final String actor, final String what, final long zxid, final Object detail)
    {
        keep(actor, new Event(eventCount, nowNs, actor, what, zxid, true, detail));
        hash(actor, what, zxid);
    }

    /** Adds an event to the hash only, because nobody wants to read it. */
    void hash(final String actor, final String what, final long number)
    {
        eventCount++;
        mix(nowNs);
        mix(actor.hashCode());
        mix(what.hashCode());
        mix(number);
    }

    long hash()
    {
        return hash;
    }

    long eventCount()
    {
        return eventCount;
    }

    /**
     * The last events of all actors.
     *
     * @return one line for each event, in the order in which they happened.
     */
    public List<String> lines()
    {
        final List<Event> events = new ArrayList<>();

        for (final Event[] last : lastOf.values())
        {
            for (final Event event : last)
            {
                if (event != null)
                {
                    events.add(event);
                }
            }
        }

        events.sort(Comparator.comparingLong(Event::order));

        return events.stream().map(Event::toString).toList();
    }

    private void keep(final String actor, final Event event)
    {
        final int count = countOf.merge(actor, 1, Integer::sum);
        lastOf.computeIfAbsent(actor, key -> new Event[LAST_MAX])[count % LAST_MAX] = event;
    }

    private void mix(final long value)
    {
        hash = (hash ^ value) * PRIME;
        hash ^= hash >>> 29;
    }
}
