/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import io.caracal.compatibility.wire.Opcode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Normalizes the events of closed sessions. A session's ephemerals are deleted in one transaction, in an order that no
 * server promises, so the order of their events is not promised either.
 */
final class SessionEnds
{
    private static final String CLOSE = "op=" + Opcode.CLOSE_SESSION;

    private SessionEnds()
    {
    }

    /** Returns the transcript with the events of each closed session sorted by their text. */
    static List<List<Item>> sorted(final List<List<Item>> transcript)
    {
        final Set<Value> ends = new HashSet<>();
        transcript.forEach(seen -> seen.stream().filter(SessionEnds::isClose).forEach(item -> ends.add(item.values()
            .get(2))));
        return transcript.stream().map(seen -> sorted(seen, ends)).toList();
    }

    private static boolean isClose(final Item item)
    {
        return item.what().equals("reply") && item.values().get(0).toString().equals(CLOSE);
    }

    private static List<Item> sorted(final List<Item> seen, final Set<Value> ends)
    {
        final List<Item> result = new ArrayList<>(seen);
        int from = 0;

        while (from < result.size())
        {
            int to = from + 1;

            if (isOf(result.get(from), ends))
            {
                final Value zxid = result.get(from).values().get(0);

                while (to < result.size() && result.get(to).what().equals("event") && result.get(to).values().get(0)
                    .equals(zxid))
                {
                    to++;
                }

                result.subList(from, to).sort(Comparator.comparing(Item::toString));
            }

            from = to;
        }

        return result;
    }

    private static boolean isOf(final Item item, final Set<Value> ends)
    {
        return item.what().equals("event") && ends.contains(item.values().get(0));
    }
}
