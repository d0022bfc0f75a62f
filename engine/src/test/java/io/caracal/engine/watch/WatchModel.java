/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import io.caracal.engine.protocol.EventType;
import io.caracal.engine.protocol.WatcherType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules for watches, implemented a second time with plain collections: tables from path to watcher to modes, in
 * order of registration.
 */
final class WatchModel
{
    static final int ONCE = 1;
    static final int PERSISTENT = 2;

    private final Map<String, Map<Integer, Integer>> data = new LinkedHashMap<>();
    private final Map<String, Map<Integer, Integer>> child = new LinkedHashMap<>();
    private final Map<String, Map<Integer, Integer>> recursive = new LinkedHashMap<>();

    void addData(final int watcher, final String path)
    {
        add(data, watcher, path, ONCE);
    }

    void addChild(final int watcher, final String path)
    {
        add(child, watcher, path, ONCE);
    }

    void addPersistent(final int watcher, final String path)
    {
        add(data, watcher, path, PERSISTENT);
        add(child, watcher, path, PERSISTENT);
    }

    void addRecursive(final int watcher, final String path)
    {
        add(recursive, watcher, path, PERSISTENT);
    }

    private static void add(final Map<String, Map<Integer, Integer>> table, final int watcher, final String path,
        final int mode)
    {
        table.computeIfAbsent(path, p -> new LinkedHashMap<>()).merge(watcher, mode, (a, b) -> a | b);
    }

    private static int modes(final Map<String, Map<Integer, Integer>> table, final int watcher, final String path)
    {
        return table.getOrDefault(path, Map.of()).getOrDefault(watcher, 0);
    }

    private static boolean strip(final Map<String, Map<Integer, Integer>> table, final int watcher, final String path,
        final int modes)
    {
        final int before = modes(table, watcher, path);

        if ((before & modes) == 0)
        {
            return false;
        }

        final Map<Integer, Integer> watchers = table.get(path);

        if ((before & ~modes) == 0)
        {
            watchers.remove(watcher);
        }
        else
        {
            watchers.put(watcher, before & ~modes);
        }

        if (watchers.isEmpty())
        {
            table.remove(path);
        }

        return true;
    }

    boolean has(final int watcher, final int type, final String path)
    {
        return switch (type)
        {
            case WatcherType.CHILDREN -> (modes(child, watcher, path) & ONCE) != 0;
            case WatcherType.DATA -> (modes(data, watcher, path) & ONCE) != 0;
            case WatcherType.PERSISTENT -> (modes(data, watcher, path) & PERSISTENT) != 0;
            case WatcherType.PERSISTENT_RECURSIVE -> modes(recursive, watcher, path) != 0;
            default -> (modes(data, watcher, path) | modes(child, watcher, path) | modes(recursive, watcher,
                path)) != 0;
        };
    }

    boolean remove(final int watcher, final int type, final String path)
    {
        return switch (type)
        {
            case WatcherType.CHILDREN -> strip(child, watcher, path, ONCE);
            case WatcherType.DATA -> strip(data, watcher, path, ONCE);
            case WatcherType.PERSISTENT -> removeFrom(List.of(data, child), watcher, path, PERSISTENT);
            case WatcherType.PERSISTENT_RECURSIVE -> strip(recursive, watcher, path, PERSISTENT);
            default -> removeFrom(List.of(data, child, recursive), watcher, path, ONCE | PERSISTENT);
        };
    }

    private static boolean removeFrom(final List<Map<String, Map<Integer, Integer>>> tables, final int watcher,
        final String path, final int modes)
    {
        boolean isRemoved = false;

        for (final Map<String, Map<Integer, Integer>> table : tables)
        {
            isRemoved = strip(table, watcher, path, modes) || isRemoved;
        }

        return isRemoved;
    }

    void removeAll(final int watcher)
    {
        for (final Map<String, Map<Integer, Integer>> table : List.of(data, child, recursive))
        {
            table.values().forEach(watchers -> watchers.remove(watcher));
            table.values().removeIf(Map::isEmpty);
        }
    }

    List<String> created(final String path)
    {
        final List<String> events = new ArrayList<>();
        tellData(EventType.NODE_CREATED, path, new LinkedHashSet<>(), events);
        tellParent(path, events);

        return events;
    }

    List<String> deleted(final String path)
    {
        final List<String> events = new ArrayList<>();
        final Set<Integer> told = new LinkedHashSet<>();
        tellData(EventType.NODE_DELETED, path, told, events);
        tell(child, path, EventType.NODE_DELETED, path, told, events);
        tellParent(path, events);

        return events;
    }

    List<String> dataChanged(final String path)
    {
        final List<String> events = new ArrayList<>();
        tellData(EventType.NODE_DATA_CHANGED, path, new LinkedHashSet<>(), events);

        return events;
    }

    private void tellData(final int type, final String path, final Set<Integer> told, final List<String> events)
    {
        tell(data, path, type, path, told, events);
        String ancestor = path;
        tell(recursive, ancestor, type, path, told, events);

        while (ancestor.length() > 1)
        {
            ancestor = parent(ancestor);
            tell(recursive, ancestor, type, path, told, events);
        }
    }

    private void tellParent(final String path, final List<String> events)
    {
        if (path.length() > 1)
        {
            tell(child, parent(path), EventType.NODE_CHILDREN_CHANGED, parent(path), new LinkedHashSet<>(), events);
        }
    }

    private static String parent(final String path)
    {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    private static void tell(final Map<String, Map<Integer, Integer>> table, final String watched, final int type,
        final String path, final Set<Integer> told, final List<String> events)
    {
        for (final int watcher : List.copyOf(table.getOrDefault(watched, Map.of()).keySet()))
        {
            strip(table, watcher, watched, ONCE);

            if (told.add(watcher))
            {
                events.add(watcher + ":" + type + ":" + path);
            }
        }
    }

    int watchCount()
    {
        return List.of(data, child, recursive).stream().flatMap(table -> table.values().stream()).mapToInt(Map::size)
            .sum();
    }

    /** Returns path and watcher of each pair in the data table. */
    Set<String> dataPairs()
    {
        final Set<String> pairs = new TreeSet<>();

        for (final Map<String, Map<Integer, Integer>> table : List.of(data, recursive))
        {
            table.forEach((path, watchers) -> watchers.keySet().forEach(watcher -> pairs.add(path + " " + watcher)));
        }

        return pairs;
    }
}
