/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills a server in the middle of its work, again and again. It must not forget anything that it acknowledged. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest
{
    private static final int ROUNDS = Integer.getInteger("caracal.crash.rounds", 5);
    private static final long SEED = Long.getLong("caracal.crash.seed", 1);
    private static final int WORKERS = 4;
    /** A slow disk forces the writes of all workers a few times a second. */
    private static final long TIMEOUT_MS = 300_000;

    static List<ServerKind> kinds()
    {
        return ServerKind.alone();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldKeepEveryAcknowledgedWriteOnce(final ServerKind kind) throws Exception
    {
        final Random random = new Random(SEED);
        final AtomicInteger progress = new AtomicInteger();
        final List<Worker> workers = new ArrayList<>();

        for (int i = 0; i < WORKERS; i++)
        {
            workers.add(new Worker(i, progress));
        }

        try (ServerUnderTest server = kind.launch(new ServerSettings().with("forceSync", "yes").with("snapCount",
            "1000")))
        {
            try (RawSession session = RawSession.open(server.address(), (int)TIMEOUT_MS))
            {
                assertEquals(0, session.create("/crash", null, 0).err());
                assertEquals(0, session.create("/crash/log", null, 0).err());
                session.closeSession();
            }

            for (int round = 0; round < ROUNDS; round++)
            {
                workAndKill(server, workers, progress, 200 + random.nextInt(2_000));
                server.start();

                if (round % 2 == 1)
                {
                    server.kill(); // Recovery must be able to read what it wrote.
                    server.start();
                }

                verify(server, workers);
            }

            finish(server, workers);
        }
    }

    private static void workAndKill(final ServerUnderTest server, final List<Worker> workers,
        final AtomicInteger progress, final int writes) throws Exception
    {
        final List<Thread> threads = new ArrayList<>();
        final int wanted = progress.get() + writes;

        for (final Worker worker : workers)
        {
            worker.attach(server.address());
            final Thread thread = new Thread(worker, "worker");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }

        Await.until(writes + " acknowledged writes", TIMEOUT_MS, () -> progress.get() >= wanted);
        server.kill();

        for (final Thread thread : threads)
        {
            thread.join(TIMEOUT_MS);
            assertTrue(!thread.isAlive(), "a worker did not notice that its server is gone");
        }
    }

    private static void verify(final ServerUnderTest server, final List<Worker> workers) throws IOException
    {
        final Set<Long> acknowledged = new HashSet<>();
        final Set<Long> doubtful = new HashSet<>();

        for (final Worker worker : workers)
        {
            assertNull(worker.trouble());
            acknowledged.addAll(worker.acknowledged());
            doubtful.addAll(worker.doubtful());
        }

        final Set<Long> present = present(server);
        final Set<Long> lost = new HashSet<>(acknowledged);
        lost.removeAll(present);
        assertTrue(lost.isEmpty(), "acknowledged and lost: " + lost);
        present.removeAll(acknowledged);
        present.removeAll(doubtful);
        assertTrue(present.isEmpty(), "never asked for: " + present);
    }

    /** Returns the numbers in the nodes of the log; none may occur twice. */
    private static Set<Long> present(final ServerUnderTest server) throws IOException
    {
        final Set<Long> numbers = new HashSet<>();

        try (RawSession session = RawSession.open(server.address(), (int)TIMEOUT_MS))
        {
            final List<String> names = session.call(Opcode.GET_CHILDREN, new JuteWriter().str("/crash/log").bool(false))
                .body().strings();

            for (final String name : names)
            {
                session.send(Opcode.GET_DATA, new JuteWriter().str("/crash/log/" + name).bool(false));
            }

            for (final String name : names)
            {
                final long number = ByteBuffer.wrap(session.receive().body().buf()).getLong();
                assertTrue(numbers.add(number), "twice: " + number + " in " + name);
            }

            session.closeSession();
        }

        return numbers;
    }

    private static void finish(final ServerUnderTest server, final List<Worker> workers) throws IOException
    {
        for (final Worker worker : workers)
        {
            worker.attach(server.address());
            assertEquals(0, worker.session().closeSession().err());
            worker.session().close();
        }

        server.kill();
        server.start();

        try (RawSession session = RawSession.open(server.address(), (int)TIMEOUT_MS))
        {
            final List<String> left = session.call(Opcode.GET_CHILDREN, new JuteWriter().str("/crash").bool(false))
                .body()
                .strings();
            assertTrue(left.stream().noneMatch(name -> name.startsWith("ephemeral")), left.toString());
            assertEquals(1 + WORKERS, left.size());
        }
    }
}
