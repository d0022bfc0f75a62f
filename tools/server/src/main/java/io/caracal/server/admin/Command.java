/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The commands of ZooKeeper's admin server, and two of Caracal's own, in alphabetical order. */
enum Command
{
    CONFIGURATION(true, "conf", "config"),
    CONNECTION_STAT_RESET(true, "crst"),
    CONNECTIONS(true, "cons"),
    DIRS(true),
    DUMP(true),
    ENVIRONMENT(false, "env", "envi"),
    GET_TRACE_MASK(false, "gtmk"),
    HASH(true),
    /** Caracal's own: ZooKeeper has no such command. */
    HOT_PATHS(false, "paths"),
    INITIAL_CONFIGURATION(true, "icfg"),
    IS_READ_ONLY(true, "isro"),
    LAST_SNAPSHOT(true, "lsnp"),
    LEADER(true, "lead"),
    MONITOR(false, "mntr"),
    OBSERVER_CONNECTION_STAT_RESET(true, "orst"),
    OBSERVERS(true, "obsr"),
    RESTORE(true, "rest"),
    RUOK(true),
    SERVER_STATS(true, "srvr"),
    SET_TRACE_MASK(false, "stmk"),
    /** Caracal's own: ZooKeeper has no such command. */
    SLOW_REQUESTS(false, "slow"),
    SNAPSHOT(true, "snap"),
    STAT_RESET(true, "srst"),
    STATS(true, "stat"),
    SYSTEM_PROPERTIES(false, "sysp"),
    VOTING_VIEW(true),
    WATCH_SUMMARY(true, "wchs"),
    WATCHES(true, "wchc"),
    WATCHES_BY_PATH(true, "wchp"),
    ZABSTATE(false);

    private static final Map<String, Command> BY_NAME = new HashMap<>();
    /** Their answers have an entry for each of what clients can have very many of. */
    private static final Set<Command> LISTS = EnumSet.of(CONNECTIONS, DUMP, STATS, WATCHES, WATCHES_BY_PATH);

    static
    {
        for (final Command command : values())
        {
            BY_NAME.put(command.label(), command);
            for (final String alias : command.aliases.split(" ", -1))
            {
                BY_NAME.put(alias, command);
            }
        }
    }

    private final boolean needsServing;
    private final String aliases;

    Command(final boolean needsServing, final String... aliases)
    {
        this.needsServing = needsServing;
        this.aliases = String.join(" ", aliases);
    }

    /** Returns the command with this name or alias, or null when there is none. */
    static Command of(final String name)
    {
        return name.isEmpty() ? null : BY_NAME.get(name);
    }

    /** The names and aliases of the commands whose answers may be long. */
    static List<String> namesOfLists()
    {
        return BY_NAME.keySet().stream().filter(name -> LISTS.contains(of(name))).sorted().toList();
    }

    /** The primary name. */
    String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether only a server that serves clients answers it. */
    boolean needsServing()
    {
        return needsServing;
    }
}
