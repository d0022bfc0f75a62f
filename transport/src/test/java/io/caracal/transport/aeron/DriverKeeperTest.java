/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.FailingThreads;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.Threading;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverKeeperTest
{
    private static final long NOW_NS = 42;
    private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long STEADY_NS = TimeUnit.SECONDS.toNanos(1);

    private final PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1);
    private final PeerContext context = ensemble.context(1).conclude();
    private final SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
    private final DriverKeeper keeper = new DriverKeeper(context, idle);

    @AfterEach
    void close()
    {
        keeper.close();
        idle.close();
        ensemble.close();
    }

    @Test
    void shouldDoNothingWithoutADriver()
    {
        assertFalse(keeper.isReady());
        assertFalse(keeper.isLost());
        assertTrue(keeper.isPassDone());
        assertEquals(0, keeper.invoke());
        keeper.nudge();
        keeper.requestPass();
        assertNull(keeper.driver());
    }

    @Test
    void shouldMakeALostDriverAnewAtOnce()
    {
        keeper.start();
        final EmbeddedDriver first = keeper.driver();
        assertTrue(keeper.isReady());
        assertEquals(0, keeper.restart(NOW_NS), "a driver runs");
        assertSame(first, keeper.driver());

        first.aeron().close();
        assertTrue(keeper.isLost());
        assertFalse(keeper.isReady());
        giveUp();
        assertFalse(keeper.isLost());
        assertEquals(NOW_NS, keeper.nextStartNs());
        assertEquals(1, keeper.restart(NOW_NS));
        assertTrue(keeper.isReady());
        assertNotSame(first, keeper.driver());
    }

    @Test
    void shouldPauseBetweenStartsThatFail() throws IOException
    {
        keeper.start();
        keeper.driver().aeron().close();
        giveUp();

        try (DatagramSocket taken = new DatagramSocket(context.udpAddress()))
        {
            assertEquals(1, keeper.restart(NOW_NS));
            assertTrue(ensemble.events().has("lost"), "nobody is told");
            assertTrue(ensemble.events().has(String.valueOf(taken.getLocalPort())), ensemble.events().all()::toString);
            assertFalse(keeper.isReady());
            assertEquals(NOW_NS + FIRST_PAUSE_NS, keeper.nextStartNs());
            assertEquals(0, keeper.restart(NOW_NS + FIRST_PAUSE_NS - 1), "it does not pause");
            assertEquals(1, keeper.restart(NOW_NS + FIRST_PAUSE_NS));
            assertEquals(NOW_NS + 3 * FIRST_PAUSE_NS, keeper.nextStartNs());
        }

        final long startedNs = keeper.nextStartNs();
        keeper.restart(startedNs);
        assertTrue(keeper.isReady());
        keeper.giveUp(startedNs + STEADY_NS);
        assertEquals(startedNs + STEADY_NS, keeper.nextStartNs(), "a driver that lasted does not end the pauses");
    }

    @Test
    void shouldPauseAlsoBetweenDriversThatDoNotLast()
    {
        keeper.start();
        giveUp();
        assertEquals(1, keeper.restart(NOW_NS));
        keeper.giveUp(NOW_NS + STEADY_NS - 1);
        idle.look(true);
        assertEquals(NOW_NS + STEADY_NS - 1 + FIRST_PAUSE_NS, keeper.nextStartNs(), "it is made again and again");
        assertEquals(0, keeper.restart(keeper.nextStartNs() - 1));
        assertEquals(1, keeper.restart(keeper.nextStartNs()));
        assertTrue(keeper.isReady());
    }

    @Test
    void shouldTryAgainWhereverItsFilesCannotBeMade() throws IOException
    {
        final Path memory = Files.createDirectories(ensemble.directory(1).resolve("memory"));
        final PeerContext own = ensemble.context(1).sharedMemory(memory).conclude();

        try (DriverKeeper kept = new DriverKeeper(own, idle))
        {
            kept.start();
            kept.driver().aeron().close();
            kept.giveUp(NOW_NS);
            idle.look(true);
            final Path away = Files.move(memory, memory.resolveSibling("away"));
            Files.createFile(memory);
            assertEquals(1, kept.restart(NOW_NS));
            assertTrue(ensemble.events().has("lost"), "nobody is told");
            assertFalse(kept.isReady());
            Files.delete(memory);
            Files.move(away, memory);
            assertEquals(1, kept.restart(kept.nextStartNs()));
            assertTrue(kept.isReady());
        }
    }

    /** A server goes on without links until there are threads again. */
    @Test
    void shouldTryAgainWhereItsThreadCannotBeStarted()
    {
        final FailingThreads threads = new FailingThreads(1);
        final PeerContext own = ensemble.context(1).threading(Threading.DEDICATED).threadFactory(threads).conclude();

        try (DriverKeeper kept = new DriverKeeper(own, idle))
        {
            kept.start();
            kept.giveUp(NOW_NS);
            assertEquals(1, kept.restart(NOW_NS + FIRST_PAUSE_NS));
            assertTrue(ensemble.events().has("unable to create native thread"), "nobody is told");
            assertFalse(kept.isReady());
            threads.startsLeft(1);
            assertEquals(1, kept.restart(kept.nextStartNs()));
            assertTrue(kept.isReady());
        }
    }

    @Test
    void shouldTakeNoMoreForItsOwnFilesThanIsReckonedWith() throws IOException
    {
        keeper.start();
        final Path directory = AeronDirectory.shared(context);

        try (Stream<Path> files = Files.walk(directory))
        {
            final long bytes = files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
            final long ofLinks = 2L * 3 * (context.liveTermLength() + context.requestsTermLength() +
                context.bulkTermLength());
            assertTrue(bytes <= AeronDirectory.neededBytes(context) - ofLinks, () -> bytes + " bytes");
        }
    }

    @Test
    void shouldHaveCountersForAsManyMembersAsThereCanBe()
    {
        final PeerContext own = ensemble.contextOf(1).member(ensemble.member(1));

        for (int id = 2; id <= PeerContext.MEMBERS_MAX; id++)
        {
            own.member(new PeerMember(id, "127.0.0.1", id, id, false));
        }

        try (DriverKeeper ofMany = new DriverKeeper(own.conclude(), idle))
        {
            ofMany.start();
            final int countersPerLink = 3 * 6 + 3 * 4 + 2;
            assertTrue(ofMany.driver().aeron().countersReader().maxCounterId() > PeerContext.MEMBERS_MAX *
                countersPerLink * 3 / 2);
        }
    }

    @Test
    void shouldTellWhyItCannotStartOnce() throws IOException
    {
        keeper.start();
        keeper.driver().aeron().close();
        giveUp();

        try (DatagramSocket taken = new DatagramSocket(context.udpAddress()))
        {
            assertEquals(1, keeper.restart(keeper.nextStartNs()), () -> "port " + taken.getLocalPort());
            assertEquals(1, keeper.restart(keeper.nextStartNs()));
        }

        assertEquals(1, ensemble.events().all().stream().filter(event -> event.startsWith("lost")).count());
    }

    @Test
    void shouldTellWhatDriverAndClientReportOnce()
    {
        keeper.start();
        final ErrorHandler ofClient = keeper.driver().aeron().context().errorHandler();
        ofClient.onError(new IllegalStateException("no route"));
        ofClient.onError(new IllegalStateException("no route"));
        giveUp();
        assertEquals(1, keeper.restart(keeper.nextStartNs()));
        keeper.driver().aeron().context().errorHandler().onError(new IllegalStateException("no route"));
        assertEquals(1, ensemble.events().all().stream().filter(event -> event.startsWith("error")).count());
    }

    @Test
    void shouldLeaveNothingOfAStartThatFailed() throws IOException
    {
        try (DatagramSocket taken = new DatagramSocket(context.udpAddress()))
        {
            assertThrows(RuntimeException.class, keeper::start, () -> "port " + taken.getLocalPort());
            assertTrue(Files.notExists(AeronDirectory.shared(context)), "files are left");
        }

        try (DriverKeeper next = new DriverKeeper(context, idle))
        {
            next.start();
            assertTrue(next.isReady());
        }
    }

    /** A closed channel releases its port only after its selector has noticed that it is closed. */
    private void giveUp()
    {
        keeper.giveUp(NOW_NS);
        idle.look(true);
    }
}
