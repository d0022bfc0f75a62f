/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code caracal simulate}: runs one seed after the other and prints the results. */
public final class SimulateCommand
{
    private static final double HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final int USAGE = 2;
    private static final int LOST = 3;
    private static final Path OUTPUT = Path.of("/proc/self/fd/1");
    private static final int SCENARIOS_A_LINE = 6;
    private static final String HELP = """
        usage: caracal simulate [--seed S] [--runs N] [--minutes M] [--fresh] [--twice] [--scenario S]

          --seed S      first seed, 1 by default; each run takes the next one
          --runs N      how many runs; 100 by default, without bound when --minutes is given
          --minutes M   no further run begins after M minutes
          --fresh       seeds that nobody has seen: the first one comes from the clock, and is printed
          --twice       each seed runs twice, and must do the same thing both times
          --scenario S  what runs are about, %s by default; else one of
                        %s

        Servers, disks, network, clocks and clients are simulated on one thread; the engine is the real one.
        A failure prints what was violated, the last events, and the command that repeats it; the exit code is 1.""";

    private final PrintStream out;
    private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
    private final long beganNs = System.nanoTime();
    private final SimulateOptions options;
    private long runCount;
    private long failedCount;
    private long virtualNs;
    private long operationCount;
    private long txnCount;

    private SimulateCommand(final PrintStream out, final SimulateOptions options)
    {
        this.out = out;
        this.options = options;
    }

    /**
     * Runs the command.
     *
     * @param args see the help.
     */
    public static void main(final String[] args)
    {
        final int exitCode = run(System.out, System.err, args);
        final boolean isLost = System.out.checkError() && isWanted(OUTPUT);
        if (isLost)
        {
            System.err.println("caracal simulate: what was found could not be written; make room where it goes, then" +
                " run this again");
        }

        System.exit(isLost && exitCode == 0 ? LOST : exitCode);
    }

    /**
     * Whether somebody wants what was not written. A pipe or socket refuses a write only when its reader is gone, and a
     * reader that has seen enough, such as {@code head}, has lost nothing. What the refusal says depends on the
     * language of the process, so it does not count.
     *
     * @param link of the system to the output.
     */
    static boolean isWanted(final Path link)
    {
        try
        {
            final String output = Files.readSymbolicLink(link).toString();
            return !output.startsWith("pipe:") && !output.startsWith("socket:");
        }
        catch (final IOException ex)
        {
            // The output was closed before the program began.
            return true;
        }
    }

    static int run(final PrintStream out, final PrintStream err, final String... args)
    {
        final List<String> words = List.of(args);
        if (words.contains("--help") || words.contains("-h"))
        {
            out.println(help());
            return 0;
        }

        final SimulateOptions options;
        try
        {
            options = SimulateOptions.parse(words);
        }
        catch (final IllegalArgumentException ex)
        {
            err.println("caracal simulate: " + ex.getMessage() + "; --help tells of all options");
            return USAGE;
        }

        return new SimulateCommand(out, options).runAll();
    }

    private static String help()
    {
        final StringBuilder others = new StringBuilder();
        final Scenario[] scenarios = Scenario.values();
        for (int i = 1; i < scenarios.length; i++)
        {
            others.append(separator(i)).append(scenarios[i]);
        }

        return HELP.formatted(scenarios[0], others);
    }

    private static String separator(final int scenario)
    {
        if (scenario == 1)
        {
            return "";
        }

        return scenario % SCENARIOS_A_LINE == 1 ? ",\n" + " ".repeat(16) : ", ";
    }

    private int runAll()
    {
        out.println("seeds from " + options.seed());

        while (runCount < options.runsMax() && hasTime())
        {
            runOne(options.seed() + runCount);
            runCount++;
        }

        out.printf(Locale.ROOT, "simulated %.2f hours in %d s: %d requests answered and checked, %d transactions%n",
            virtualNs /
                HOUR_NS,
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNs), operationCount, txnCount);
        out.println("faults: " + faults);
        out.println(runCount + " runs, " + failedCount + " failed");

        return failedCount == 0 ? 0 : 1;
    }

    private boolean hasTime()
    {
        return options.minutes() < 0 || System.nanoTime() - beganNs < TimeUnit.MINUTES.toNanos(options.minutes());
    }

    private void runOne(final long runSeed)
    {
        final RunResult result = Simulation.run(options.scenario(), runSeed);
        virtualNs += result.virtualNs();
        operationCount += result.operationCount();
        txnCount += result.txnCount();
        result.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));

        if (!result.isGood())
        {
            failedCount++;
            report(result);
        }
        else if (options.isTwice() && Simulation.run(options.scenario(), runSeed).hash() != result.hash())
        {
            failedCount++;
            out.println("FAILED: seed " + runSeed + " did something else the second time");
            repeat(runSeed);
        }
    }

    private void report(final RunResult result)
    {
        out.println("FAILED: seed " + result.seed() + ", " + result.settings());
        result.lines().forEach(out::println);
        out.println(result.failure().getMessage());
        repeat(result.seed());
    }

    private void repeat(final long runSeed)
    {
        out.println("repeat: caracal simulate --seed " + runSeed + " --runs 1" +
            (options.scenario() == Scenario.ANYTHING ? "" : " --scenario " + options.scenario()));
    }
}
