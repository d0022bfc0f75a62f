/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.TreeSet;

/** The watches of one client: what it set and was not told about yet, as its library would keep them. */
public final class WatchSet
{
    /** On data of znodes that existed. */
    public final TreeSet<String> data = new TreeSet<>();
    /** On znodes that did not exist. */
    public final TreeSet<String> exist = new TreeSet<>();
    /** On children. */
    public final TreeSet<String> child = new TreeSet<>();
    /** Persistent watches: on data and children of their znode. */
    public final TreeSet<String> persistent = new TreeSet<>();
    /** Persistent watches that are recursive: on data of their znode and of all below it. */
    public final TreeSet<String> recursive = new TreeSet<>();

    /**
     * The same watches, once more.
     *
     * @return independent of this.
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
     * Whether there is nothing to watch.
     *
     * @return true when there is nothing.
     */
    public boolean isEmpty()
    {
        return data.isEmpty() && exist.isEmpty() && child.isEmpty() && persistent.isEmpty() && recursive.isEmpty();
    }

    /** Whether something at or above a path is watched with everything below. */
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
