/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code caracal simulate}: runs seed after seed and says what became of them. */
public final class SimulateCommand
{
    private static final long SEED_DEFAULT = 1;
    private static final int RUNS_DEFAULT = 100;
    private static final double HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final int USAGE = 2;
    private static final String HELP = """
        usage: caracal simulate [--seed S] [--runs N] [--minutes M] [--fresh] [--twice] [--scenario S]

          --seed S      first seed, 1 by default; each run takes the next one
          --runs N      how many runs; 100 by default, without bound when --minutes is given
          --minutes M   no further run begins after M minutes
          --fresh       seeds that nobody has seen: the first one comes from the clock, and is printed
          --twice       each seed runs twice, and must do the same thing both times
          --scenario S  what runs are about, ANYTHING by default; else OVERTHROWN, FORSAKEN, LATE_CLIENTS, SLEEPY,
                        RESTORED, RELIEVED, UNFORCED, FORGETFUL, SHORT_CYCLES

        Servers, disks, network, clocks and clients are simulated on one thread; the engine is the real one.
        A failure prints what was violated, the last events, and the command that repeats it; the exit code is 1.""";

    private final PrintStream out;
    private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
    private final long beganNs = System.nanoTime();
    private long seed = SEED_DEFAULT;
    private long runsMax = -1;
    private long minutes = -1;
    private boolean isTwice;
    private Scenario scenario = Scenario.ANYTHING;
    private long runCount;
    private long failedCount;
    private long virtualNs;
    private long operationCount;
    private long txnCount;

    private SimulateCommand(final PrintStream out)
    {
        this.out = out;
    }

    /**
     * Runs the command.
     *
     * @param args see the help.
     */
    public static void main(final String[] args)
    {
        System.exit(run(System.out, args));
    }

    static int run(final PrintStream out, final String... args)
    {
        final SimulateCommand command = new SimulateCommand(out);

        for (final String arg : args)
        {
            if ("--help".equals(arg) || "-h".equals(arg))
            {
                out.println(HELP);
                return 0;
            }
        }

        if (!command.parse(args))
        {
            out.println(HELP);
            return USAGE;
        }

        return command.runAll();
    }

    private boolean parse(final String... args)
    {
        try
        {
            int i = 0;

            while (i < args.length)
            {
                switch (args[i])
                {
                    case "--fresh" -> seed = System.currentTimeMillis() * 1000;
                    case "--twice" -> isTwice = true;
                    case "--scenario" -> scenario = Scenario.valueOf(args[++i]);
                    case "--seed" -> seed = Long.parseLong(args[++i]);
                    case "--runs" -> runsMax = Long.parseLong(args[++i]);
                    case "--minutes" -> minutes = Long.parseLong(args[++i]);
                    default -> {
                        return false;
                    }
                }

                i++;
            }

            return true;
        }
        catch (final IllegalArgumentException | ArrayIndexOutOfBoundsException e)
        {
            return false;
        }
    }

    private int runAll()
    {
        final long runs = runsMax >= 0 ? runsMax : minutes >= 0 ? Long.MAX_VALUE : RUNS_DEFAULT;
        out.println("seeds from " + seed);

        while (runCount < runs && hasTime())
        {
            runOne(seed + runCount);
            runCount++;
        }

        out.printf(Locale.ROOT, "simulated %.2f hours in %d s: %d requests answered and checked, %d transactions%n",
            virtualNs /
                HOUR_NS, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNs), operationCount, txnCount);
        out.println("faults: " + faults);
        out.println(runCount + " runs, " + failedCount + " failed");

        return failedCount == 0 ? 0 : 1;
    }

    private boolean hasTime()
    {
        return minutes < 0 || System.nanoTime() - beganNs < TimeUnit.MINUTES.toNanos(minutes);
    }

    private void runOne(final long runSeed)
    {
        final RunResult result = Simulation.run(scenario, runSeed);
        virtualNs += result.virtualNs();
        operationCount += result.operationCount();
        txnCount += result.txnCount();
        result.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));

        if (!result.isGood())
        {
            failedCount++;
            report(result);
        }
        else if (isTwice && Simulation.run(scenario, runSeed).hash() != result.hash())
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
        out.println("repeat: caracal simulate --seed " + runSeed + " --runs 1" + (scenario == Scenario.ANYTHING ? "" :
            " --scenario " + scenario));
    }
}
