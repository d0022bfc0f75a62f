/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.caracal.bench.servers.FourLetterWord;
import io.caracal.bench.servers.ProcessFigures;
import io.caracal.bench.servers.ServerKind;

import org.agrona.CloseHelper;

/**
 * An ensemble of servers of one kind on this machine, each in a process of its own. Closing it ends them all. Not
 * thread-safe.
 */
final class LocalEnsemble implements AutoCloseable
{
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORTS_PER_MEMBER = 3;
    private static final long SERVE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(120);
    /**
     * Pause between two polls. A poll costs each server a connection: at one every 2 ms it took a tenth of a core and
     * more.
     */
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ServerKind kind;
    private final EnsembleSettings settings;
    private final List<MemberProcess> processes = new ArrayList<>();

    LocalEnsemble(final ServerKind kind, final Path dir, final EnsembleSettings settings)
    {
        this.kind = kind;
        this.settings = settings;
        final int[] ports = FreePorts.find(PORTS_PER_MEMBER * settings.size());
        final List<Member> members = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++)
        {
            final Path own = dir.resolve("ensemble-" + kind.name() + "-" + (i + 1)).toAbsolutePath();
            members.add(new Member(i + 1, settings.isApart() ? Islands.host(i + 1) : LOOPBACK, own, ports[3 * i],
                ports[3 * i + 1], ports[3 * i + 2]));
        }
        for (final Member member : members)
        {
            processes.add(new MemberProcess(member, command(member, members)));
        }
    }

    private List<String> command(final Member member, final List<Member> all)
    {
        final StringBuilder config = new StringBuilder("tickTime=2000\ninitLimit=10\nsyncLimit=5\n").append("dataDir=")
            .append(member.data()).append("\nclientPort=").append(member.clientPort()).append("\nclientPortAddress=")
            .append(member.host()).append("\nmaxClientCnxns=0\nadmin.enableServer=false\n")
            .append("4lw.commands.whitelist=srvr,mntr,srst\n");
        all.forEach(each -> config.append(each.line()));
        try
        {
            Files.createDirectories(member.data());
            Files.writeString(member.data().resolve("myid"), member.id() + "\n");
            final Path file = Files.writeString(member.dir().resolve("zoo.cfg"), config);
            final List<String> command = new ArrayList<>(settings.isApart() ? Islands.launcher(member.id()) :
                List.of());
            command.addAll(kind.launch(member.dir(), file, settings.forceSync()));
            return command;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    String server()
    {
        return kind.name();
    }

    int size()
    {
        return processes.size();
    }

    MemberProcess member(final int index)
    {
        return processes.get(index);
    }

    List<InetSocketAddress> addresses()
    {
        return processes.stream().map(process -> process.member().address()).toList();
    }

    void start()
    {
        processes.forEach(MemberProcess::start);
        awaitWhole();
    }

    /** Waits until every server serves and the leader counts on all others; returns the index of the leader. */
    int awaitWhole()
    {
        await("all servers serve", () -> processes.stream().allMatch(process -> process.mode().isPresent()));
        await("one server leads all others", () -> leader() >= 0 && synced(leader()) == size() - 1);

        return leader();
    }

    /** Returns the index of the server that leads, -1 while none does. */
    int leader()
    {
        for (int i = 0; i < size(); i++)
        {
            if (member(i).mode().filter("leader"::equals).isPresent())
            {
                return i;
            }
        }

        return -1;
    }

    private long synced(final int index)
    {
        return FourLetterWord.monitored(member(index).member().address(), "zk_synced_followers").orElse(-1);
    }

    void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + SERVE_TIMEOUT_NS;
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs >= 0)
            {
                throw new IllegalStateException("not within " + TimeUnit.NANOSECONDS.toSeconds(SERVE_TIMEOUT_NS) +
                    " s: " + what + ", " + kind.name());
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Returns the processor time of all servers so far, in seconds. */
    double processorS()
    {
        return processes.stream().mapToDouble(process -> ProcessFigures.processorS(process.pid())).sum();
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(processes);
    }
}
