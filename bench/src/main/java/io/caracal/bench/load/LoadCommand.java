/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import io.caracal.bench.report.Json;
import io.caracal.bench.report.Machine;
import io.caracal.bench.report.ReportPlace;

import org.HdrHistogram.Histogram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caracal bench load}: drives servers that are already running. */
@Command(name = "load", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Drives servers of the ZooKeeper client protocol and reports rates and latencies.",
    exitCodeListHeading = "Exit codes:%n", exitCodeList = {
        "0: everything was answered", "1: requests were lost, not sent in time or answered with errors", "2: usage",
        "3: environment" })
public final class LoadCommand implements Callable<Integer>
{
    private static final int PORT_MAX = 65_535;

    @Option(names = "--servers", paramLabel = "HOST:PORT,...", defaultValue = "127.0.0.1:2181",
        description = "Servers to connect to (default ${DEFAULT-VALUE}).")
    private String servers;

    @Option(names = { "-c", "--connections" }, defaultValue = "8", description = "Sessions (default ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = { "-d",
        "--in-flight" }, defaultValue = "64",
        description = "Requests in flight per connection (default ${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(names = "--threads", defaultValue = "1",
        description = "Threads that share them (default ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--mix", defaultValue = "get", description = "Operations with weights, such as get=90,set=10, of " +
        "get, exists, list, watch, set, create, multi, ephemeral (default ${DEFAULT-VALUE}).")
    private String mix;

    @Option(names = "--znodes", defaultValue = "10000",
        description = "Znodes to choose from (default ${DEFAULT-VALUE}).")
    private long keyCount;

    @Option(names = "--keys", defaultValue = "uniform",
        description = "How they are chosen: uniform, zipf or zipf:SKEW (default ${DEFAULT-VALUE}).")
    private String keys;

    @Option(names = "--payload", defaultValue = "100", description = "Bytes per znode (default ${DEFAULT-VALUE}).")
    private int payloadLength;

    @Option(names = "--rate", defaultValue = "0",
        description = "Open loop: so many operations are due per second, and " +
            "latencies count from when they were due. 0: closed loop (default).")
    private long ratePerSecond;

    @Option(names = "--settle", description = "Open loop: waits after the warm-up until all of it is answered.")
    private boolean settles;

    @Option(names = "--rest",
        description = "Open loop: sleeps for some 0.1 ms when nothing is due and nothing comes, " +
            "instead of keeping a processor busy.")
    private boolean rests;

    @Option(names = "--warm-up", paramLabel = "MS", defaultValue = "2000", description = "Default ${DEFAULT-VALUE}.")
    private long warmUpMs;

    @Option(names = "--duration", paramLabel = "MS", defaultValue = "10000", description = "Default ${DEFAULT-VALUE}.")
    private long durationMs;

    @Option(names = "--operations", defaultValue = "0",
        description = "Ends after so many instead, without warm-up, or " +
            "gives up after --duration.")
    private long operations;

    @Option(names = "--connect-timeout", paramLabel = "MS", defaultValue = "30000",
        description = "Until all sessions must be open (default ${DEFAULT-VALUE}).")
    private long connectTimeoutMs;

    @Option(names = "--root", defaultValue = "/bench", description = "Parent of all znodes (default ${DEFAULT-VALUE}).")
    private String root;

    @Option(names = "--seed", defaultValue = "42", description = "Start of all randomness (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--spin", description = "Spin instead of blocking in the selector.")
    private boolean spin;

    @Option(names = "--no-fill", description = "The znodes are there already.")
    private boolean noFill;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
    private Path json;

    @Override
    public Integer call() throws Exception
    {
        requireRate("--settle", settles);
        requireRate("--rest", rests);
        if (json != null)
        {
            ReportPlace.check(json);
        }
        final LoadContext context = new LoadContext().servers(addresses(servers)).connections(connections)
            .inFlight(inFlight).threads(threads).mix(OperationMix.parse(mix)).keyCount(keyCount).keys(keys)
            .payloadLength(payloadLength).ratePerSecond(ratePerSecond).warmUpMs(warmUpMs).durationMs(durationMs)
            .operations(operations).connectTimeoutMs(connectTimeoutMs).root(root).seed(seed).spin(spin).settles(settles)
            .rests(rests);
        final LoadGenerator generator = new LoadGenerator(context, LoadCommand::showProgress);
        final long existed = noFill ? 0 : generator.prepare();
        final LoadReport report = generator.run();
        System.out.println("load of " + servers + ": " + context);
        Machine.facts(Path.of(".")).forEach((name, value) -> System.out.println("  " + name + ": " + value));
        if (existed > 0)
        {
            System.out.printf(Locale.ROOT,
                "  of the %,d znodes %,d were there already, with the payload that they had%n",
                keyCount, existed);
        }
        show(report);
        if (json != null)
        {
            Files.writeString(json, Json.write(json(context, report)));
        }

        if (report.sent() < operations)
        {
            System.out.printf(Locale.ROOT, "gave up after %,d ms (--duration): %,d of %,d operations were not sent%n",
                durationMs, operations - report.sent(), operations);
        }

        final boolean isWhole = report.lost() == 0 && report.unsent() == 0 && report.sent() >= operations;
        return isWhole && report.errors().isEmpty() ? 0 : 1;
    }

    /**
     * Refuses an option that only open loops have. A closed loop would silently ignore it, and its figures would be
     * taken for something that they are not.
     */
    private void requireRate(final String option, final boolean isGiven)
    {
        if (isGiven && ratePerSecond == 0)
        {
            throw new IllegalArgumentException(option + " is for open loops: name a --rate as well");
        }
    }

    private static List<InetSocketAddress> addresses(final String text)
    {
        final List<InetSocketAddress> addresses = new ArrayList<>();
        for (final String part : text.split(",", -1))
        {
            final int colon = part.lastIndexOf(':');
            if (colon < 1)
            {
                throw new IllegalArgumentException("a server is HOST:PORT, not '" + part + "'");
            }
            addresses.add(address(part.substring(0, colon), part.substring(colon + 1)));
        }

        return addresses;
    }

    private static InetSocketAddress address(final String host, final String port)
    {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > PORT_MAX)
        {
            throw new IllegalArgumentException("a port is a number up to " + PORT_MAX + ", not '" + port + "'");
        }

        return resolved(new InetSocketAddress(host, Integer.parseInt(port)));
    }

    /**
     * Checks that an address is resolved.
     *
     * @param address address, whose host may be unknown.
     * @return the same.
     * @throws IllegalArgumentException when the host is unknown.
     */
    public static InetSocketAddress resolved(final InetSocketAddress address)
    {
        if (address.isUnresolved())
        {
            throw new IllegalArgumentException("no address is known of host '" + address.getHostString() + "'");
        }

        return address;
    }

    static void showProgress(final String what, final long answered, final double ratePerSecond)
    {
        System.err.printf(Locale.ROOT, "%s: %,d answered, %,.0f/s%n", what, answered, ratePerSecond);
    }

    private static void show(final LoadReport report)
    {
        System.out.printf(Locale.ROOT, "%-10s %12s %10s %10s %10s %10s %10s  %s%n",
            "operation", "per second", "p50 us", "p90 us", "p99 us", "p99.9 us", "max us", "errors by code");
        for (final Operation operation : Operation.values())
        {
            if (report.has(operation))
            {
                show(operation.word(), report.latencies(operation), report.elapsedS(), report.errors(operation));
            }
        }
        show("all", report.latencies(), report.elapsedS(), report.errors());
        System.out.printf(Locale.ROOT,
            "sent %,d, answered %,d, lost %,d, due but not sent %,d, sessions %,d, connections that broke or could " +
                "not be made %,d, watch events %,d, garbage %.4f bytes per operation%n",
            report.sent(), report.answered(), report.lost(), report.unsent(), report.sessions(), report.disconnects(),
            report.watchEvents(), report.allocatedBytesPerOperation());
        if (report.delays().getTotalCount() > 0)
        {
            System.out.printf(Locale.ROOT,
                "the generator itself was late by, us: p50 %,.1f, p99 %,.1f, at most %,.1f%n",
                us(report.delays(), 50), us(report.delays(), 99), report.delays().getMaxValue() / 1e3);
        }
    }

    private static void show(
        final String name, final Histogram latencies, final double elapsedS, final Map<Integer, Long> errors)
    {
        System.out.printf(Locale.ROOT, "%-10s %,12.0f %,10.1f %,10.1f %,10.1f %,10.1f %,10.1f  %s%n", name,
            latencies.getTotalCount() / elapsedS, us(latencies, 50), us(latencies, 90), us(latencies, 99),
            us(latencies, 99.9), latencies.getMaxValue() / 1e3, errors.isEmpty() ? "none" : errors);
    }

    private static double us(final Histogram latencies, final double percentile)
    {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    private static Map<String, Object> json(final LoadContext context, final LoadReport report)
    {
        final Map<String, Object> root = new LinkedHashMap<>();
        root.put("parameters", context.toString());
        root.put("machine", Machine.facts(Path.of(".")));
        root.put("ratePerSecond", report.ratePerSecond());
        root.put("elapsedS", report.elapsedS());
        root.put("sent", report.sent());
        root.put("answered", report.answered());
        root.put("lost", report.lost());
        root.put("unsent", report.unsent());
        root.put("sessions", report.sessions());
        root.put("disconnects", report.disconnects());
        root.put("watchEvents", report.watchEvents());
        if (report.delays().getTotalCount() > 0)
        {
            root.put("generatorLateP99Us", us(report.delays(), 99));
        }
        for (final Operation operation : Operation.values())
        {
            if (report.has(operation))
            {
                final Map<String, Object> figures = new LinkedHashMap<>();
                figures.put("count", report.latencies(operation).getTotalCount());
                for (final double percentile : new double[]{ 50, 90, 99, 99.9, 99.99, 100 })
                {
                    figures.put("p" + percentile + "Us", us(report.latencies(operation), percentile));
                }
                figures.put("errors", report.errors(operation));
                root.put(operation.word(), figures);
            }
        }

        return root;
    }
}
