/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.server.EnsemblePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The parsed command line of {@code caracal ensemble}.
 *
 * @param participants number of servers that vote.
 * @param observers    number of servers that do not vote.
 * @param directory    parent of all data directories.
 * @param basePort     first client port, 0 for free ports.
 * @param settings     {@code key=value} pairs for every server.
 */
record EnsembleArguments(int participants, int observers, Path directory, int basePort, List<String> settings)
{
    static final String USAGE = """
        usage: caracal ensemble N [--observers M] [--dir D] [--base-port P] [key=value ...]
        N participants and M observers on 127.0.0.1, one process each, until Ctrl-C. Client ports P, P+1, ... (2181; 0
        takes free ones), peers on P+100 (UDP) and P+200 (TCP), data in D/1, D/2, ... (./caracal-ensemble).
        Settings go to every server. admin.serverPort=Q opens dashboards on Q, Q+1, ..., metricsProvider.httpPort=Q
        metrics for Prometheus.""";

    private static final String DIRECTORY_DEFAULT = "caracal-ensemble";
    private static final int BASE_PORT_DEFAULT = 2181;

    /** Settings of which each server has its own, and how to choose them. */
    private static final Map<String, String> OF_ONE = Map.of("dataDir", "name the parent of all with --dir",
        "clientPort", "name the first one with --base-port");

    /** Parses a command line. The message of the exception says what is wrong. */
    static EnsembleArguments parse(final String... args)
    {
        int participants = 0;
        int observers = 0;
        int basePort = BASE_PORT_DEFAULT;
        Path directory = Path.of(DIRECTORY_DEFAULT);
        final List<String> settings = new ArrayList<>();
        for (int i = 0; i < args.length; i++)
        {
            final String[] option = args[i].split("=", 2);
            final boolean isOption = args[i].startsWith("-");
            final String value = !isOption ? null : option.length == 2 ? option[1] : i + 1 < args.length && !args[i + 1]
                .startsWith("--") ? args[++i] : "";
            switch (isOption ? option[0] : args[i].indexOf('=') > 0 ? "setting" : "number")
            {
                case "--observers" -> observers = number(value, 0, EnsemblePlan.MEMBERS_MAX, "--observers");
                case "--base-port" -> basePort = number(value, 0, EnsemblePlan.basePortMax(), "--base-port");
                case "--dir" -> directory = directory(value);
                case "setting" -> settings.add(setting(args[i]));
                case "number" -> participants = participants(args[i], participants);
                default -> throw new IllegalArgumentException("unknown option " + option[0]);
            }
        }

        if (participants == 0)
        {
            throw new IllegalArgumentException("N is missing: the number of servers that vote");
        }

        number(Integer.toString(participants + observers), 1, EnsemblePlan.MEMBERS_MAX, "N and M together");
        return new EnsembleArguments(participants, observers, directory.toAbsolutePath(), basePort, settings);
    }

    /** Refuses what each server has of its own: what is printed about the servers would be untrue. */
    private static String setting(final String text)
    {
        final String key = text.substring(0, text.indexOf('='));
        final String way = key.matches("server\\.\\d+") ? "N and --observers say which servers there are" : OF_ONE
            .get(key);
        if (way != null)
        {
            throw new IllegalArgumentException(key + " is no setting for every server: " + way);
        }

        return text;
    }

    private static int participants(final String text, final int before)
    {
        if (before != 0)
        {
            throw new IllegalArgumentException("N is given twice, " + before + " and " + text);
        }

        return number(text, 1, EnsemblePlan.MEMBERS_MAX, "N");
    }

    private static Path directory(final String value)
    {
        if (value.isEmpty())
        {
            throw new IllegalArgumentException("--dir needs a directory");
        }

        return Path.of(value);
    }

    private static int number(final String text, final int min, final int max, final String name)
    {
        final int number = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
        if (number < min || number > max)
        {
            throw new IllegalArgumentException(name + (text.isEmpty() ? " has no value" : " is " + text) +
                ": write a number from " + min + " to " + max);
        }

        return number;
    }

    EnsemblePlan plan()
    {
        return basePort == 0 ? EnsemblePlan.onFreePorts(participants, observers, directory) :
            EnsemblePlan.onPorts(participants, observers, directory, basePort);
    }
}
