/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.caracal.bench.compare.FourLetterWord;
import io.caracal.bench.compare.ProcessFigures;

import org.agrona.CloseHelper;

/** Servers of one kind, each a process, that form an ensemble on 127.0.0.1; all end with it. Not thread-safe. */
final class LocalEnsemble implements AutoCloseable
{
    private static final int PORTS_PER_MEMBER = 3;
    private static final long SERVE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final EnsembleKind kind;
    private final List<MemberProcess> processes = new ArrayList<>();

    LocalEnsemble(final EnsembleKind kind, final Path dir, final int size, final boolean forceSync)
    {
        this.kind = kind;
        final int[] ports = freePorts(PORTS_PER_MEMBER * size);
        final List<Member> members = new ArrayList<>();
        for (int i = 0; i < size; i++)
        {
            final Path own = dir.resolve(kind.word() + "-" + (i + 1)).toAbsolutePath();
            members.add(new Member(i + 1, own, ports[3 * i], ports[3 * i + 1], ports[3 * i + 2]));
        }
        for (final Member member : members)
        {
            createDirectory(member.dir());
            processes.add(new MemberProcess(member, kind.command(member, members, forceSync)));
        }
    }

    private static void createDirectory(final Path dir)
    {
        try
        {
            Files.createDirectories(dir);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** All held at once, so that they differ. */
    private static int[] freePorts(final int count)
    {
        final List<ServerSocket> sockets = new ArrayList<>();
        try
        {
            final int[] ports = new int[count];
            for (int i = 0; i < count; i++)
            {
                sockets.add(new ServerSocket(0, 1, Member.loopback()));
                ports[i] = sockets.get(i).getLocalPort();
            }

            return ports;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            CloseHelper.quietCloseAll(sockets);
        }
    }

    EnsembleKind kind()
    {
        return kind;
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

    /** Index of the server that leads, -1 while nobody does. */
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
                    " s: " + what + ", " + kind.word());
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Processor time of all servers so far, in seconds. */
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
