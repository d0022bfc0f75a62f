/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.List;
import java.util.Set;
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

    /** What clients can ask for and remove. */
    public enum Type
    {
        /** Watches on children that an event uses up. */
        CHILDREN,
        /** Watches on data that an event uses up. */
        DATA,
        /** All watches. */
        ANY,
        /** Persistent watches. */
        PERSISTENT,
        /** Persistent recursive watches. */
        RECURSIVE
    }

    /**
     * Whether a path has a watch of a type.
     *
     * @param type of the watch.
     * @param path that is watched.
     * @return true when it has.
     */
    public boolean has(final Type type, final String path)
    {
        return of(type).stream().anyMatch(each -> each.contains(path));
    }

    /**
     * Removes the watches of a type on a path.
     *
     * @param type of the watches.
     * @param path that is watched.
     */
    public void remove(final Type type, final String path)
    {
        of(type).forEach(each -> each.remove(path));
    }

    private List<Set<String>> of(final Type type)
    {
        return switch (type)
        {
            case CHILDREN -> List.of(child);
            case DATA -> List.of(data, exist);
            case ANY -> List.of(data, exist, child, persistent, recursive);
            case PERSISTENT -> List.of(persistent);
            case RECURSIVE -> List.of(recursive);
        };
    }

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
