/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Matches what is the same on both sides under different names: transaction numbers, their times and session numbers.
 * Learns a pair at first sight and insists on it from then on.
 */
final class Equivalence
{
    private static final long TIME_TOLERANCE_MS = 24L * 3600 * 1000;

    private final TreeMap<Long, Long> zxids = new TreeMap<>();
    private final Map<Long, Long> leftSessions = new HashMap<>();
    private final Map<Long, Long> rightSessions = new HashMap<>();
    private final Map<Long, Long> leftTimes = new HashMap<>();
    private final Map<Long, Long> rightTimes = new HashMap<>();

    /** Returns null when the items agree, otherwise what does not. */
    String difference(final Item left, final Item right)
    {
        if (!left.what().equals(right.what()))
        {
            return "'" + left.what() + "' against '" + right.what() + "'";
        }

        return difference(left.values(), right.values());
    }

    private String difference(final List<Value> left, final List<Value> right)
    {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++)
        {
            final String difference = difference(left.get(i), right.get(i));

            if (difference != null)
            {
                return difference;
            }
        }

        return left.size() == right.size() ? null : left.size() + " fields against " + right.size();
    }

    private String difference(final Value left, final Value right)
    {
        final boolean same;

        if (left instanceof Value.Zxid a && right instanceof Value.Zxid b)
        {
            same = zxid(a.zxid(), b.zxid());
        }
        else if (left instanceof Value.Session a && right instanceof Value.Session b)
        {
            same = session(a.id(), b.id());
        }
        else if (left instanceof Value.Stamp a && right instanceof Value.Stamp b)
        {
            same = (a.timeMs() == 0) == (b.timeMs() == 0) && time(leftTimes, a) && time(rightTimes, b);
        }
        else
        {
            same = left.equals(right);
        }

        return same ? null : "'" + left + "' against '" + right + "'";
    }

    private boolean zxid(final long left, final long right)
    {
        if (left <= 0 || right <= 0)
        {
            return left == right;
        }

        final Long known = zxids.get(left);

        if (known != null)
        {
            return known == right;
        }

        final Map.Entry<Long, Long> below = zxids.lowerEntry(left);
        final Map.Entry<Long, Long> above = zxids.higherEntry(left);
        zxids.put(left, right);
        return (below == null || below.getValue() < right) && (above == null || right < above.getValue());
    }

    private boolean session(final long left, final long right)
    {
        if (left == 0 || right == 0)
        {
            return left == right;
        }

        final Long forward = leftSessions.putIfAbsent(left, right);
        final Long backward = rightSessions.putIfAbsent(right, left);
        return (forward == null || forward == right) && (backward == null || backward == left);
    }

    private static boolean time(final Map<Long, Long> times, final Value.Stamp stamp)
    {
        if (stamp.timeMs() == 0)
        {
            return true;
        }

        final Long known = times.putIfAbsent(stamp.zxid(), stamp.timeMs());
        return (known == null || known == stamp.timeMs()) && Math.abs(System.currentTimeMillis() -
            stamp.timeMs()) < TIME_TOLERANCE_MS;
    }
}
