/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.TreeSet;

/**
 * The watches of one client that are still set, as its library would keep them: those that the client has set and that
 * have not been used up.
 */
public final class WatchSet
{
    /** Watches on data of znodes that existed. */
    public final TreeSet<String> data = new TreeSet<>();
    /** Watches on znodes that did not exist. */
    public final TreeSet<String> exist = new TreeSet<>();
    /** Watches on children. */
    public final TreeSet<String> child = new TreeSet<>();
    /** Persistent watches, on data and children of their znode. */
    public final TreeSet<String> persistent = new TreeSet<>();
    /** Persistent recursive watches, on data of their znode and of all znodes below it. */
    public final TreeSet<String> recursive = new TreeSet<>();

    /**
     * Copies the set.
     *
     * @return a copy that is independent of this set.
     */
    public WatchSet copy()
    {
        final WatchSet copy = new WatchSet();
        copy.data.addAll(data);
        copy.exist.addAll(exist);
        copy.child.addAll(child);
        copy.persistent.addAll(persistent);
        copy.recursive.addAll(recursive);

        return copy;
    }

    /**
     * Whether the set holds no watch.
     *
     * @return true when there is none.
     */
    public boolean isEmpty()
    {
        return data.isEmpty() && exist.isEmpty() && child.isEmpty() && persistent.isEmpty() && recursive.isEmpty();
    }

    /** Whether the path or one above it has a recursive watch. */
    boolean isBelowRecursive(final String path)
    {
        String above = path;

        while (!above.isEmpty())
        {
            if (recursive.contains(above))
            {
                return true;
            }

            above = ModelTree.parentOf(above);
        }

        return false;
    }

    @Override
    public String toString()
    {
        return "data " + data + " exist " + exist + " child " + child + " persistent " + persistent + " recursive " +
            recursive;
    }
}
