/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.Threading;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.LangUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests what becomes of links when the server loses Aeron's driver or client, and where these keep their files. */
class DriverLossTest
{
    private static final long SOME_CYCLES_MS = 50;
    private static final int STAT_BLOCK_LENGTH = 512;

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldMakeDriverAndLinksAnewWhenTheClientEnded(final Threading threading)
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.threading(threading), 1, 2, 3))
        {
            cluster.start(1, 2, 3);
            cluster.awaitLinks();
            cluster.port(2).driver().aeron().close();
            cluster.await("the loss", () -> cluster.events().has("lost"));
            assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(2, 1));
            assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(2, 3));
            assertEquals(PeerPort.CLOSED, cluster.port(2).claim(1, PeerStream.LIVE, 1));
            cluster.await("the news of it", () -> !cluster.at(1).ends(2).isEmpty() && !cluster.at(3).ends(2).isEmpty());
            cluster.awaitLinks();
            cluster.exchange(1, 2);
            cluster.exchange(3, 2);
            assertEquals(1, cluster.at(1).generations(3).size(), "a link of others ended");
        }
    }

    /** systemd removes a user's files in shared memory like this when the user logs out. */
    @Test
    void shouldMakeDriverAndLinksAnewWhenItsFilesWereRemoved()
    {
        try (PeerCluster cluster = new PeerCluster(context -> context, 1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            final Path directory = Path.of(cluster.port(2).driver().aeron().context().aeronDirectoryName());
            AeronDirectory.delete(directory);
            cluster.exchange(1, 2);
            cluster.port(1).close(2);
            cluster.await("the end", () -> !cluster.at(2).ends(1).isEmpty());
            cluster.await("the loss", () -> cluster.events().has("lost something removed the files of the driver in " +
                directory));
            cluster.awaitLinks();
            cluster.exchange(1, 2);
            assertTrue(Files.exists(directory), "no files were made");
        }
    }

    @Test
    void shouldDialAnewWhenTheDriverIsLostWhileANameIsLookedUp() throws IOException
    {
        final HeldThreads names = new HeldThreads();

        try (PeerCluster cluster = new PeerCluster(context -> context, 1, 2))
        {
            final PeerEnsemble.Ports ports = cluster.ensemble().ports(1);
            final PeerContext byName = cluster.ensemble().contextOf(2).threadFactory(names).member(new PeerMember(1,
                "localhost", ports.udp(), ports.tcp(), true)).member(cluster.ensemble().member(2));
            cluster.start(1);
            cluster.start(2, byName);
            cluster.await("a name to look up", names::isAsked);
            cluster.port(2).driver().aeron().close();
            cluster.await("the loss", () -> cluster.events().has("lost"));
            // The selector must notice the closed channel before that releases its port.
            cluster.ensemble().idle(2).look(true);

            try (DatagramSocket taken = new DatagramSocket(byName.udpAddress()))
            {
                cluster.await("a start that fails", () -> cluster.events().has(String.valueOf(taken.getLocalPort())));
                names.release();
                cluster.await("the end of the attempt", () -> cluster.events().has("failed 1 the driver ended"));
                cluster.runFor(SOME_CYCLES_MS);
            }

            cluster.awaitLinks();
            cluster.exchange(1, 2);
        }
        finally
        {
            names.release();
        }
    }

    @Test
    void shouldKeepFilesOnDiskWhereSharedMemoryIsTooSmall() throws IOException
    {
        try (PeerCluster cluster =
            new PeerCluster(context -> context.sharedMemory(context.dataDirectory().resolve("none")), 1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            cluster.exchange(1, 2);
            final Path directory = cluster.ensemble().directory(1).resolve("aeron");
            assertTrue(cluster.events().has("fallback " + directory));
            assertTrue(Files.exists(directory.resolve("cnc.dat")));
            assertHasRoom(directory.resolve("loss-report.dat"));
            assertBuffersHaveRoom(directory.resolve("publications"));
            assertBuffersHaveRoom(directory.resolve("images"));
            cluster.kill(1);
            assertTrue(Files.notExists(directory), "files are left");
        }
    }

    /** Asserts that buffers have all of their room. Otherwise a disk that is full later would end the server. */
    private static void assertBuffersHaveRoom(final Path buffers) throws IOException
    {
        final List<Path> files;
        try (Stream<Path> entries = Files.list(buffers))
        {
            files = entries.toList();
        }

        assertEquals(PeerStream.values().length, files.size());
        for (final Path file : files)
        {
            assertHasRoom(file);
        }
    }

    private static void assertHasRoom(final Path file) throws IOException
    {
        final Process stat = new ProcessBuilder("stat", "--format=%b", file.toString()).start();
        final long blocks = Long.parseLong(new String(stat.getInputStream().readAllBytes(), US_ASCII).trim());
        assertTrue(blocks * STAT_BLOCK_LENGTH >= Files.size(file), () -> file + " has " + blocks + " blocks");
    }

    @Test
    void shouldRemoveWhatAKilledServerLeft() throws IOException
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.sharedMemory(context.dataDirectory()), 1))
        {
            cluster.start(1);
            final Path directory = onlyDirectory(cluster.ensemble().directory(1));
            cluster.kill(1);
            assertTrue(Files.notExists(directory), "files are left");
            final Path left = Files.createDirectories(directory.resolve("images")).resolve("7.logbuffer");
            Files.write(left, new byte[]{ 1 });
            cluster.start(1);
            assertTrue(Files.notExists(left), "what a killed server left is kept");
            assertEquals(directory, onlyDirectory(cluster.ensemble().directory(1)));
        }
    }

    @Test
    void shouldSayAtStartThatAPortIsInUse() throws IOException
    {
        try (PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1);
            DatagramSocket udp = new DatagramSocket(new InetSocketAddress(PeerEnsemble.LOOPBACK, ensemble.ports(1)
                .udp())))
        {
            failsToStart(ensemble.context(1), String.valueOf(udp.getLocalPort()));
        }

        try (PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1);
            ServerSocket tcp = new ServerSocket(ensemble.ports(1).tcp(), 1, PeerEnsemble.LOOPBACK))
        {
            failsToStart(ensemble.context(1), String.valueOf(tcp.getLocalPort()));
        }
    }

    /** Aeron throws exceptions that it does not declare, for example when memory is full. */
    @Test
    void shouldLeaveNothingOfAStartThatFails() throws IOException
    {
        try (PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1))
        {
            final PeerContext context = ensemble.context(1).threading(Threading.DEDICATED).threadFactory(task ->
            {
                LangUtil.rethrowUnchecked(new IOException("no space left"));
                return null;
            }).conclude();

            try (SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode()))
            {
                assertThrows(IOException.class, () -> new AeronPeerPort(context, idle).close());
            }

            assertTrue(Files.notExists(AeronDirectory.shared(context)), "files are left");
            new ServerSocket(ensemble.ports(1).tcp(), 1, PeerEnsemble.LOOPBACK).close();

            try (DirectoryLease lease = DirectoryLease.take(AeronDirectory.shared(context)))
            {
                assertNotNull(lease.file(), "the directory is still taken");
            }
        }
    }

    private static void failsToStart(final PeerContext context, final String portInMessage)
    {
        context.conclude();

        try (SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode()))
        {
            final RuntimeException thrown = assertThrows(RuntimeException.class, () -> new AeronPeerPort(context, idle)
                .close());
            assertTrue(thrown.getMessage().contains(portInMessage), thrown.getMessage());
        }
    }

    private static Path onlyDirectory(final Path parent) throws IOException
    {
        try (Stream<Path> children = Files.list(parent))
        {
            return children.filter(Files::isDirectory).reduce((one, other) ->
            {
                throw new IllegalStateException("two directories: " + one + ", " + other);
            }).orElseThrow();
        }
    }
}
