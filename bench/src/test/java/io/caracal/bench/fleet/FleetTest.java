/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.nothing.Forcing;
import io.caracal.bench.nothing.NothingServer;
import io.caracal.server.ServerEnsemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class FleetTest
{
    private static final int MEMBERS = 31;
    /** Lengths of the frames that ask for a session and grant it, prefix included. */
    private static final int CONNECT_LENGTH = 49;
    private static final int CONNECTED_LENGTH = 40;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path dir;

    @Test
    void shouldGoOnElsewhereAndLeaveTheOthersAlone() throws IOException
    {
        final NothingServer two = server(2);
        try (NothingServer one = server(1);
            Fleet fleet = new Fleet(List.of(one.address(), two.address()), MEMBERS, 30_000))
        {
            fleet.connect();
            fleet.create("/znode");
            final Crowd.Resumed resumed = fleet.resume("/znode", () -> closed(two));

            assertEquals(MEMBERS, resumed.acknowledged().getTotalCount());
            assertEquals(MEMBERS / 2, resumed.moved());
            assertEquals(0, resumed.lost());
        }
    }

    /** The two servers know nothing of each other: a session of one is unknown to the other. */
    @Test
    void shouldCountSessionsThatWereOverAndGoOnWithNewOnes() throws IOException
    {
        final ServerEnsemble two = ServerEnsemble.launch(1);
        try (ServerEnsemble one = ServerEnsemble.launch(1);
            Fleet fleet = new Fleet(List.of(address(one), address(two)), MEMBERS, 30_000))
        {
            fleet.connect();
            fleet.create("/znode");
            final Crowd.Resumed resumed = fleet.resume("/znode", () -> closed(two));

            assertEquals(MEMBERS, resumed.acknowledged().getTotalCount());
            assertEquals(MEMBERS / 2, resumed.moved());
            assertEquals(MEMBERS / 2, resumed.lost());
        }
    }

    @Test
    void shouldConnectAgainAndCountWhatBreaksWhileNothingIsAsked() throws IOException
    {
        final NothingServer two = server(2);
        try (NothingServer one = server(1);
            Fleet fleet = new Fleet(List.of(one.address(), two.address()), MEMBERS, 30_000))
        {
            fleet.connect();
            assertEquals(0, fleet.idle(1));
            two.close();
            assertEquals(MEMBERS / 2, fleet.idle(100));
            assertEquals(0, fleet.lost());

            fleet.create("/znode");
            fleet.watch("/znode");
        }
    }

    /** This is as when the machine stands still, and the time is up before the fleet has looked at any socket. */
    @Test
    void shouldCountWhatBrokeInAPauseInWhichItDidNothing() throws IOException
    {
        final NothingServer two = server(2);
        try (NothingServer one = server(1);
            Fleet fleet = new Fleet(List.of(one.address(), two.address()), MEMBERS, 30_000))
        {
            fleet.connect();
            two.close();
            assertEquals(MEMBERS / 2, fleet.idle(0));
        }
    }

    @Test
    void shouldNotGoOnAsIfNothingWereWhenAConnectionBreaksThatHasAWatch() throws IOException
    {
        final NothingServer two = server(2);
        try (NothingServer one = server(1);
            Fleet fleet = new Fleet(List.of(one.address(), two.address()), MEMBERS, 30_000))
        {
            fleet.connect();
            fleet.create("/znode");
            fleet.watch("/znode");
            two.close();

            final FleetException thrown = assertThrows(FleetException.class, () -> fleet.idle(1_000));
            assertTrue(thrown.getMessage().contains(" broke: "), thrown.getMessage());
        }
    }

    /** Otherwise the shapes after one that failed would find no file descriptors for their crowds. */
    @Test
    void shouldCloseAllConnectionsThoughOneIsBroken() throws IOException, InterruptedException
    {
        final List<Socket> accepted = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK))
        {
            final Thread thread = new Thread(() -> openSessions(server, accepted));
            thread.start();
            final Fleet fleet =
                new Fleet(List.of(new InetSocketAddress(LOOPBACK, server.getLocalPort())), 3, 30_000);
            fleet.connect();
            thread.join();
            accepted.get(0).setSoLinger(true, 0);
            accepted.get(0).close();

            assertThrows(FleetException.class, fleet::close);
            for (final Socket other : accepted.subList(1, accepted.size()))
            {
                other.setSoTimeout(60_000);
                other.getInputStream().readAllBytes();
                other.close();
            }
        }
    }

    /** Gives each of three connections a session. */
    private static void openSessions(final ServerSocket server, final List<Socket> accepted)
    {
        try
        {
            for (int id = 1; id <= 3; id++)
            {
                final Socket socket = server.accept();
                socket.getInputStream().readNBytes(CONNECT_LENGTH);
                accepted.add(socket);
                socket.getOutputStream()
                    .write(ByteBuffer.allocate(CONNECTED_LENGTH).putInt(CONNECTED_LENGTH - Integer.BYTES).putInt(0)
                        .putInt(30_000).putLong(id).putInt(FleetFrames.PASSWORD_LENGTH).array());
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static InetSocketAddress address(final ServerEnsemble ensemble)
    {
        final String[] parts = ensemble.connectString().split(":", 2);
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }

    private static long closed(final ServerEnsemble ensemble)
    {
        final long begunNs = System.nanoTime();
        ensemble.close();
        return begunNs;
    }

    @Test
    void shouldAskAgainElsewhereWhenItIsTurnedAway() throws IOException
    {
        final NothingServer two = server(2);
        try (NothingServer one = server(1);
            Closed closed = new Closed();
            Fleet fleet = new Fleet(List.of(one.address(), two.address(), closed.address()), MEMBERS, 30_000))
        {
            fleet.connect();
            fleet.create("/znode");
            final Crowd.Resumed resumed = fleet.resume("/znode", () -> closed(two));

            assertEquals(MEMBERS, resumed.acknowledged().getTotalCount());
            assertTrue(closed.turnedAway() > MEMBERS / 3, closed.turnedAway() + " were turned away");
        }
    }

    /** Accepts connections and closes them at once. */
    private static final class Closed implements AutoCloseable
    {
        private final ServerSocket socket;
        private final AtomicInteger turnedAway = new AtomicInteger();
        private final Thread thread = new Thread(this::run);

        private Closed() throws IOException
        {
            socket = new ServerSocket(0, 50, LOOPBACK);
            thread.start();
        }

        private InetSocketAddress address()
        {
            return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
        }

        private int turnedAway()
        {
            return turnedAway.get();
        }

        private void run()
        {
            try
            {
                while (!socket.isClosed())
                {
                    socket.accept().close();
                    turnedAway.incrementAndGet();
                }
            }
            catch (final IOException ex)
            {
                if (!socket.isClosed())
                {
                    throw new UncheckedIOException(ex);
                }
            }
        }

        @Override
        public void close() throws IOException
        {
            socket.close();
            try
            {
                thread.join();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long closed(final NothingServer server)
    {
        final long begunNs = System.nanoTime();
        server.close();
        return begunNs;
    }

    private NothingServer server(final int number) throws IOException
    {
        return new NothingServer(new InetSocketAddress(LOOPBACK, 0),
            dir.resolve("file" + number), 1 << 20, Forcing.NONE, 100);
    }
}
