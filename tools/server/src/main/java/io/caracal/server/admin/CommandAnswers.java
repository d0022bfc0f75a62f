/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.config.ServerLine;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.record.SlowRequests;
import io.caracal.server.words.DirectorySize;
import io.caracal.server.words.EnvironmentText;
import io.caracal.server.words.MonitorText;
import io.caracal.server.words.ServerStatus;
import io.caracal.server.words.WordFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Answers commands with keys and values in ZooKeeper's words. May be used by several threads at a time. */
final class CommandAnswers
{
    private static final String NOT_INITIALIZED = "server is not initialized";
    private static final String ALL_ADDRESSES = "0.0.0.0";
    private static final String COMMAND_LINE = "sun.java.command";
    private static final long MS_PER_S = 1_000;

    private final AdminFacts facts;
    private final WordFacts words;
    private final EngineLists lists;
    private final ServerFigures figures;
    private final EnvironmentText environment;

    CommandAnswers(final AdminFacts facts)
    {
        this.facts = facts;
        this.words = facts.words();
        this.lists = new EngineLists(facts.engine());
        this.figures = new ServerFigures(facts);
        this.environment = new EnvironmentText(words.version());
    }

    /** Puts the answer to a command into the map; returns the text of an error, or null. */
    String answer(final Command command, final String argument, final ServerStatus status,
        final Map<String, Object> answer)
    {
        switch (command)
        {
            case CONFIGURATION -> configuration(answer);
            case CONNECTION_STAT_RESET -> facts.engine().order(OperatorQuery.RESET_CONNECTIONS);
            case CONNECTIONS -> connections(answer, true);
            case DIRS -> directories(answer);
            case DUMP -> dump(answer, status);
            case ENVIRONMENT -> environment.variables(answer::put);
            case GET_TRACE_MASK -> answer.put("tracemask", words.traceMask().get());
            case HASH -> answer.put("digests", lists.digests());
            case HOT_PATHS -> answer.putAll(HotPathList.of(facts.paths()));
            case INITIAL_CONFIGURATION -> answer.put("initial_configuration", words.membership().isEnsemble() ? null :
                facts.initialConfig());
            case IS_READ_ONLY -> answer.put("read_only", false);
            case LAST_SNAPSHOT -> lastSnapshot(answer, status);
            case MONITOR ->
                new MonitorText(words, facts.clock()).lines(answer::put, status, facts.engine().quotas(status));
            case OBSERVERS -> observers(answer, status);
            case SERVER_STATS -> figures.serverStats(answer, status);
            case SLOW_REQUESTS -> answer.put("slow_requests", SlowList.of(facts.slow().latest(),
                SlowRequests.REMEMBERED_MAX));
            case STAT_RESET -> words.metrics().reset();
            case STATS -> {
                figures.serverStats(answer, status);
                connections(answer, false);
            }
            case SYSTEM_PROPERTIES -> systemProperties(answer);
            case VOTING_VIEW -> answer.put("current_config", votingView());
            case WATCHES -> answer.put("session_id_to_watched_paths", lists.watchesBySession());
            case WATCHES_BY_PATH -> answer.put("path_to_session_ids", lists.watchesByPath());
            case WATCH_SUMMARY -> lists.watchSummary(answer);
            case ZABSTATE -> zabState(answer, status);
            case LEADER -> {
                return leader(answer, status);
            }
            case SET_TRACE_MASK -> {
                return setTraceMask(answer, argument);
            }
            case OBSERVER_CONNECTION_STAT_RESET, RUOK -> {
                // An answer without an error is enough.
            }
            case SNAPSHOT, RESTORE -> throw new IllegalArgumentException(command.label());
        }

        return null;
    }

    private void configuration(final Map<String, Object> answer)
    {
        final Settings settings = words.settings();
        answer.put("client_port", words.clientPort().getAsInt());
        answer.put("data_dir", words.dataDir());
        answer.put("data_log_dir", words.dataLogDir());
        answer.put("tick_time", settings.integer(ServerProperty.TICK_TIME));
        answer.put("max_client_cnxns", settings.integer(ServerProperty.MAX_CLIENT_CNXNS));
        answer.put("min_session_timeout", settings.minSessionTimeoutMs());
        answer.put("max_session_timeout", settings.maxSessionTimeoutMs());
        answer.put("server_id", words.serverId());
        answer.put("client_port_listen_backlog", settings.integer(ServerProperty.CLIENT_PORT_LISTEN_BACKLOG));
    }

    private void directories(final Map<String, Object> answer)
    {
        answer.put("datadir_size", DirectorySize.of(words.dataDir()));
        answer.put("logdir_size", DirectorySize.of(words.dataLogDir()));
    }

    private void dump(final Map<String, Object> answer, final ServerStatus status)
    {
        answer.put("expiry_time_to_session_ids", status.isLearner() ? Map.of() : lists.sessionsByExpiry(words.settings()
            .integer(ServerProperty.TICK_TIME)));
        answer.put("session_id_to_ephemeral_paths", lists.ephemerals());
    }

    private static void lastSnapshot(final Map<String, Object> answer, final ServerStatus status)
    {
        answer.put("zxid", Long.toHexString(status.lastSnapshotZxid()));
        answer.put("timestamp", status.lastSnapshotTimeMs() < 0 ? -1 : status.lastSnapshotTimeMs() / MS_PER_S);
    }

    private void connections(final Map<String, Object> answer, final boolean isFull)
    {
        answer.put("connections", lists.connections(isFull));
        answer.put("secure_connections", List.of());
    }

    /**
     * Adds the observers that this server feeds, which only a leader does. The list is read first, so that nothing is
     * added to the answer when that fails.
     */
    private void observers(final Map<String, Object> answer, final ServerStatus status)
    {
        final List<Object> observers = status.isLearner() ? List.of() : lists.observers(words.membership());
        answer.put("synced_observers", status.syncedObservers());
        answer.put("observers", observers);
    }

    private String leader(final Map<String, Object> answer, final ServerStatus status)
    {
        if (!words.membership().isEnsemble())
        {
            return NOT_INITIALIZED;
        }

        final ServerLine line = status.leader() < 0 ? null : words.membership().server(status.leader());
        answer.put("is_leader", "leader".equals(status.mode()));
        answer.put("leader_id", status.leader());
        answer.put("leader_ip", line == null ? "" : line.host());
        return null;
    }

    private String setTraceMask(final Map<String, Object> answer, final String argument)
    {
        if (argument == null)
        {
            return "setTraceMask requires long traceMask argument";
        }

        try
        {
            final long mask = Long.parseLong(argument);
            words.traceMask().set(mask);
            answer.put("tracemask", mask);
            return null;
        }
        catch (final NumberFormatException ex)
        {
            return "setTraceMask requires long traceMask argument, got " + argument;
        }
    }

    /** Adds the system properties. Unlike ZooKeeper, it hides the values of secrets. */
    private static void systemProperties(final Map<String, Object> answer)
    {
        final Map<String, Object> sorted = new TreeMap<>();
        for (final String name : System.getProperties().stringPropertyNames())
        {
            sorted.put(name, isHidden(name) ? "***" : System.getProperty(name));
        }

        answer.putAll(sorted);
    }

    /** The command line is a property too, and may contain secrets. */
    private static boolean isHidden(final String name)
    {
        return isSecret(name) || (COMMAND_LINE.equals(name) && isSecret(System.getProperty(name, "")));
    }

    private static boolean isSecret(final String name)
    {
        final String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("password") || lower.contains("superdigest") || lower.contains("secret");
    }

    private Map<String, Object> votingView()
    {
        final Map<String, Object> view = new LinkedHashMap<>();
        if (words.membership().isEnsemble())
        {
            words.membership().servers().stream().filter(line -> !line.isObserver())
                .forEach(line -> view.put(Long.toString(line.serverId()), member(line)));
        }

        return view;
    }

    private static Map<String, Object> member(final ServerLine line)
    {
        final Map<String, Object> member = new LinkedHashMap<>();
        member.put("server_addresses", List.of(line.quorumAddress()));
        member.put("election_addresses", List.of(address(line.host(), line.electionPort())));
        member.put("client_address", line.clientPort() < 0 ? "" : address(line.clientAddress() == null ? ALL_ADDRESSES :
            line.clientAddress(), line.clientPort()));
        member.put("learner_type", line.isObserver() ? "observer" : "participant");
        return member;
    }

    private static String address(final String host, final int port)
    {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** Adds the state of ZAB. For a standalone server, ZooKeeper returns only the two values below. */
    private void zabState(final Map<String, Object> answer, final ServerStatus status)
    {
        if (!words.membership().isEnsemble())
        {
            answer.put("voting", false);
            answer.put("zabstate", "");
            return;
        }

        final ServerLine own = words.membership().server(words.serverId());
        answer.put("myid", words.serverId());
        answer.put("is_leader", "leader".equals(status.mode()));
        answer.put("quorum_address", own.quorumAddress());
        answer.put("election_address", address(own.host(), own.electionPort()));
        final String host = words.settings().clientAddress(own);
        answer.put("client_address", address(host == null ? ALL_ADDRESSES : host, words.clientPort().getAsInt()));
        answer.put("voting", !own.isObserver());
        answer.put("last_zxid", "0x" + Long.toHexString(status.zxid()));
        answer.put("zab_epoch", status.zxid() >> Integer.SIZE);
        answer.put("zab_counter", status.zxid() & 0xFFFF_FFFFL);
        answer.put("zabstate", status.isServing() ? "broadcast" : "election");
    }
}
