/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.MutableLong;

/** Counts how often each path was named by the requests of some period. Not thread-safe. */
final class PathCounts
{
    private final Map<String, MutableLong> counts;
    private long total;

    PathCounts()
    {
        this(new HashMap<>(), 0);
    }

    private PathCounts(final Map<String, MutableLong> counts, final long total)
    {
        this.counts = counts;
        this.total = total;
    }

    /** Counts a path once more. When the limit of paths is reached, a new path is counted without its name. */
    void add(final String path, final int pathsMax)
    {
        total++;
        final MutableLong count = counts.get(path);
        if (count != null)
        {
            count.increment();
        }
        else if (counts.size() < pathsMax)
        {
            counts.put(path, new MutableLong(1));
        }
    }

    /** Adds all counts of another instance, with its paths shortened to the given number of elements. */
    void addAll(final PathCounts other, final int depth)
    {
        total += other.total;
        other.counts.forEach((path, count) -> counts.computeIfAbsent(HotPaths.cut(path, depth),
            ignored -> new MutableLong()).addAndGet(count.get()));
    }

    /** Returns a copy of the counts. */
    PathCounts copy()
    {
        final Map<String, MutableLong> copies = new HashMap<>();
        counts.forEach((path, count) -> copies.put(path, new MutableLong(count.get())));

        return new PathCounts(copies, total);
    }

    /** Returns the counts of the most frequent paths. The others are only in the total. */
    PathCounts most(final int pathsMax)
    {
        final Map<String, MutableLong> most = new HashMap<>();
        ranked(pathsMax).forEach(hot -> most.put(hot.path(), new MutableLong(hot.count())));

        return new PathCounts(most, total);
    }

    /** Returns at most the given number of paths, the most frequent first; equally frequent ones are sorted by name. */
    List<HotPaths.HotPath> ranked(final int pathsMax)
    {
        return counts.entrySet().stream().map(entry -> new HotPaths.HotPath(entry.getKey(), entry.getValue().get()))
            .sorted(Comparator.comparingLong(HotPaths.HotPath::count).reversed().thenComparing(HotPaths.HotPath::path))
            .limit(pathsMax).toList();
    }

    /** Returns the count of all paths, with and without a name. */
    long total()
    {
        return total;
    }
}
