/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.server.EnsemblePlan;
import io.caracal.server.console.Results;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Implements {@code caracal ensemble}: runs several servers on this machine, each in its own process, so that each can
 * be killed, stopped and inspected. Ends all of them when it is told to end; they also end when this process is killed.
 */
public final class EnsembleCommand
{
    private static final long START_MAX_NS = TimeUnit.SECONDS.toNanos(90);
    private static final long STOP_MAX_NS = TimeUnit.SECONDS.toNanos(12);
    private static final String LEADER = "leader";

    /** What wakes the main thread: a member changed, or the user asked to end. */
    private sealed interface News permits Changed, Asked
    {
    }

    private record Changed(MemberProcess member) implements News
    {
    }

    private record Asked() implements News
    {
    }

    private final PrintStream out;
    private final PrintStream err;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final List<MemberProcess> members = new ArrayList<>();
    private long leader;

    private EnsembleCommand(final PrintStream out, final PrintStream err)
    {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        if (Stream.of(args).anyMatch(arg -> "-h".equals(arg) || "--help".equals(arg)))
        {
            Results.tell(EnsembleArguments.USAGE);
            return;
        }

        Runtime.getRuntime().halt(new EnsembleCommand(System.out, System.err).run(args));
    }

    private int run(final String... args)
    {
        try
        {
            final EnsembleArguments arguments = EnsembleArguments.parse(args);
            Signals.onSignal("TERM", () -> news.add(new Asked()));
            Signals.onSignal("INT", () -> news.add(new Asked()));
            return run(arguments, arguments.plan());
        }
        catch (final IllegalArgumentException ex)
        {
            err.println(ex.getMessage());
            err.println(EnsembleArguments.USAGE);
            return ExitCode.INVALID_INVOCATION.code();
        }
        catch (final LaunchException ex)
        {
            err.println(ex.getMessage());
            return ex.exitCode().code();
        }
        catch (final IOException | UncheckedIOException ex)
        {
            err.println(ex.getMessage());
            return ExitCode.DATA.code();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return ExitCode.UNEXPECTED.code();
        }
    }

    private int run(final EnsembleArguments arguments, final EnsemblePlan plan) throws IOException, InterruptedException
    {
        plan.prepare();
        final MemberSettings settings = new MemberSettings(plan, arguments.settings());
        try
        {
            for (final EnsemblePlan.Member member : plan.members())
            {
                final MemberProcess process = new MemberProcess(member, jvmFlags(), settings.of(member));
                members.add(process);
                process.follow(changed -> news.add(new Changed(changed)));
                say("server " + member.serverId() + ": " + (member.isObserver() ? "observer" : "participant") +
                    ", clients " + member.address() + ", peers " + member.quorumPort() + "/udp " +
                    member.electionPort() + "/tcp, " +
                    settings.adminPort(member).map(port -> "dashboard on port " + port + ", ").orElse("") +
                    "process " + process.process().pid() + ", data " + member.dataDir());
            }

            final int exitCode = awaitAllServing();
            if (exitCode != ExitCode.OK.code())
            {
                return exitCode;
            }

            say("connect: " + plan.connectString());
            return tellOn();
        }
        finally
        {
            stopAll();
        }
    }

    private static List<String> jvmFlags()
    {
        final List<String> flags = new ArrayList<>();
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("--add-") || flag.startsWith("-Dchronicle.") ||
                flag.startsWith("-XX:AutoBoxCacheMax"))
            .forEach(flags::add);
        final String more = System.getenv("CARACAL_MEMBER_JVMFLAGS");
        if (more != null)
        {
            // One flag per line, because paths may contain blanks.
            flags.addAll(more.lines().filter(flag -> !flag.isBlank()).toList());
        }

        return flags;
    }

    private int awaitAllServing() throws InterruptedException
    {
        final long deadlineNs = SystemNanoClock.INSTANCE.nanoTime() + START_MAX_NS;
        while (!members.stream().allMatch(MemberProcess::isServing))
        {
            final News next = news.poll(Math.max(0, deadlineNs - SystemNanoClock.INSTANCE.nanoTime()),
                TimeUnit.NANOSECONDS);
            if (next instanceof Asked)
            {
                return ExitCode.UNEXPECTED.code();
            }

            final MemberProcess silent =
                members.stream().filter(member -> !member.isServing()).findFirst().orElse(null);
            if (next == null && silent != null)
            {
                err.println("server " + silent.member().serverId() + " does not serve; see " + silent.log());
                return ExitCode.UNEXPECTED.code();
            }

            if (next instanceof Changed changed && !changed.member().process().isAlive())
            {
                err.println("server " + changed.member().member().serverId() + " ended with exit code " +
                    changed.member().process().exitValue() + "; see " + changed.member().log());
                err.println("  it ends with: " + changed.member().lastWords());
                return ExitCode.UNEXPECTED.code();
            }

            tellLeader();
        }

        return ExitCode.OK.code();
    }

    private int tellOn() throws InterruptedException
    {
        while (members.stream().anyMatch(member -> member.process().isAlive()))
        {
            final News next = news.take();
            if (next instanceof Asked)
            {
                return ExitCode.OK.code();
            }
            if (next instanceof Changed changed && !changed.member().process().isAlive())
            {
                say("server " + changed.member().member().serverId() + " ended with exit code " + changed.member()
                    .process().exitValue());
            }

            tellLeader();
        }

        say("no server is left");
        return ExitCode.UNEXPECTED.code();
    }

    private void tellLeader()
    {
        for (final MemberProcess member : members)
        {
            if (LEADER.equals(member.role()) && member.member().serverId() != leader && member.process().isAlive())
            {
                leader = member.member().serverId();
                say("server " + leader + " leads");
            }
        }
    }

    private void say(final String line)
    {
        out.println(line);
        out.flush();
    }

    private void stopAll() throws InterruptedException
    {
        members.forEach(member -> member.process().destroy());
        final long deadlineNs = SystemNanoClock.INSTANCE.nanoTime() + STOP_MAX_NS;
        for (final MemberProcess member : members)
        {
            final long leftNs = Math.max(0, deadlineNs - SystemNanoClock.INSTANCE.nanoTime());
            if (!member.process().waitFor(leftNs, TimeUnit.NANOSECONDS))
            {
                err.println("server " + member.member().serverId() + " did not end and is killed");
                member.process().destroyForcibly();
            }
        }
    }
}
