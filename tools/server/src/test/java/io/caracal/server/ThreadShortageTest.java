/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.launch.LaunchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that may have no more threads starts a whole server or none. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadShortageTest
{
    /** Journal, bulk, scribe, operator and loop. */
    private static final int THREADS_LEAST = 5;
    private static final int THREADS_MOST = 20;
    private static final long LIMIT_S = 60;

    @TempDir
    private Path dir;

    /** Fewer and fewer threads are missing; the last ones are those without which a server serves as well. */
    @ParameterizedTest
    @ValueSource(strings = { "shared", "dedicated" })
    void shouldStartWholeOrNotAtAll(final String threading) throws Exception
    {
        final EnsemblePlan plan = EnsemblePlan.onFreePorts(1, 0, dir);
        plan.prepare();
        int starts = 0;
        while (!isLaunched(plan, threading, starts))
        {
            starts++;
            assertTrue(starts < THREADS_MOST, "a server needs no more threads");
        }
        assertTrue(starts >= THREADS_LEAST, starts + " threads are no server");
    }

    private boolean isLaunched(final EnsemblePlan plan, final String threading, final int starts) throws Exception
    {
        final Shortage threads = new Shortage(starts, name -> true);
        final ServerContext context = plan.context(plan.members().get(0)).set("standaloneEnabled", "false")
            .set("threading", threading).threads(threads);
        try (Server server = Server.launch(context))
        {
            final CountDownLatch isTold = new CountDownLatch(1);
            server.onRole(role -> isTold.countDown());
            assertTrue(isTold.await(LIMIT_S, TimeUnit.SECONDS), "it does not serve");
            assertTrue(threads.isShort(), "the last thread is one that it can do without");
            assertFalse(server.failure().isDone());
            RawClient.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.clientPort())).close();
            return true;
        }
        catch (final LaunchException ex)
        {
            assertInstanceOf(OutOfMemoryError.class, ex.getCause());
            assertTrue(ex.getMessage().contains("ulimit -u"), ex.getMessage());
            assertEquals(0, ex.getSuppressed().length, "the server did not close in good order");
            assertEquals(0, ex.getCause().getSuppressed().length, "the server did not close in good order");
            return false;
        }
        finally
        {
            assertEquals(List.of(), threads.alive());
            assertEquals(List.of(), openedBelow(dir));
            final String mapped = Files.readString(Path.of("/proc/self/maps"));
            assertFalse(mapped.contains(dir.toString()) || mapped.contains("/dev/shm/caracal-"), mapped);
        }
    }

    /** One server is launched, and no thread for another one can be started meanwhile. */
    @Test
    void shouldCloseAServerWhoseEnsembleCannotBeLaunched() throws IOException
    {
        shouldNotLaunch(new Shortage(1, name -> !isOfServer(name)));
    }

    @ParameterizedTest
    @ValueSource(ints = { 5, 12 })
    void shouldStartAWholeEnsembleOrNone(final int starts) throws IOException
    {
        shouldNotLaunch(new Shortage(starts, name -> true));
    }

    private void shouldNotLaunch(final Shortage threads) throws IOException
    {
        final LaunchException ex = assertThrows(LaunchException.class,
            () -> ServerEnsemble.launchOnce(3, new EnsembleContext().threads(threads), dir, EnsemblePlan::freePorts)
                .close());
        assertTrue(ex.getMessage().contains("ulimit -u"), ex.getMessage());
        // Threads that launched servers may be about to end.
        assertEquals(List.of(), threads.alive().stream().filter(ThreadShortageTest::isOfServer).toList());
        try (Stream<Path> left = Files.list(dir))
        {
            assertEquals(List.of(), left.toList());
        }
    }

    private static boolean isOfServer(final String thread)
    {
        return thread.startsWith("caracal");
    }

    private static List<String> openedBelow(final Path place) throws IOException
    {
        final List<String> opened = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd")))
        {
            for (final Path descriptor : descriptors.toList())
            {
                final String target = target(descriptor);
                if (target.startsWith(place.toString()))
                {
                    opened.add(target);
                }
            }
        }

        return opened;
    }

    private static String target(final Path descriptor) throws IOException
    {
        try
        {
            return Files.readSymbolicLink(descriptor).toString();
        }
        catch (final NoSuchFileException closed)
        {
            return "closed meanwhile";
        }
    }

    /** Makes threads of which only some can be started. */
    private static final class Shortage implements ThreadFactory
    {
        private final List<Thread> made = new ArrayList<>();
        private final Predicate<String> limited;
        private int startsLeft;
        private boolean isShort;

        /** Lets only a number of threads start of those whose names the test accepts. */
        Shortage(final int starts, final Predicate<String> limited)
        {
            startsLeft = starts;
            this.limited = limited;
        }

        @Override
        public synchronized Thread newThread(final Runnable task)
        {
            final Thread thread = new Thread(task)
            {
                @Override
                public synchronized void start()
                {
                    take(getName());
                    super.start();
                }
            };
            made.add(thread);
            return thread;
        }

        private synchronized void take(final String name)
        {
            if (!limited.test(name))
            {
                return;
            }
            if (startsLeft == 0)
            {
                isShort = true;
                throw new OutOfMemoryError("unable to create native thread");
            }

            startsLeft--;
        }

        synchronized boolean isShort()
        {
            return isShort;
        }

        synchronized List<String> alive()
        {
            return made.stream().filter(Thread::isAlive).map(Thread::getName).toList();
        }
    }
}
