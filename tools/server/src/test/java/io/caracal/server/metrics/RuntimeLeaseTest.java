/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeLeaseTest
{
    private static final long LIMIT_S = 30;
    private static final int ROUNDS = 200;
    private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int PID_OF_NOBODY = Integer.MAX_VALUE;
    private static final int LENGTH_OF_VERSION = 28;

    @TempDir
    private Path memory;

    @Test
    void shouldRemoveWhatKilledServersLeftWhoseDataIsGone() throws IOException
    {
        final Path gone = figures("caracal-1", memory.resolve("no-data"));
        final Path kept = figures("caracal-2", memory);
        final Path ofAnEarlierVersion = figures("caracal-3", memory.resolve("no-data"));
        Files.delete(ofAnEarlierVersion.resolve(RuntimeLease.NAME));
        final Path withoutFigures = Files.createDirectory(memory.resolve("caracal-4"));
        Files.createFile(withoutFigures.resolve(RuntimeLease.NAME));
        final Path ofAnotherKind = Files.createDirectory(memory.resolve("caracal-5"));

        RuntimeSweep.run(memory);

        assertFalse(Files.exists(gone));
        assertTrue(Files.exists(kept.resolve(CountersFile.NAME)));
        assertFalse(Files.exists(ofAnEarlierVersion));
        assertFalse(Files.exists(withoutFigures));
        assertTrue(Files.exists(ofAnotherKind));
    }

    /** A server in another container: its data is not visible here, and its process has another id there. */
    @Test
    void shouldLeaveTheFiguresOfAnotherProcessUntilItIsKilled() throws Exception
    {
        final Path used = figures("caracal-6", memory.resolve("data-of-a-container"));
        final Process other = holder(used.resolve(RuntimeLease.NAME));
        try
        {
            assertEquals('!', other.getInputStream().read());
            RuntimeSweep.run(memory);
            assertTrue(Files.exists(used.resolve(CountersFile.NAME)));

            final IOException refused = assertThrows(IOException.class, () -> RuntimeLease.take(used, WAIT_NS));
            assertTrue(refused.getMessage().contains("another server keeps " + used), refused.getMessage());
            assertTrue(Files.exists(used.resolve(CountersFile.NAME)));

            other.destroyForcibly();
            assertTrue(other.waitFor(LIMIT_S, TimeUnit.SECONDS));
            RuntimeSweep.run(memory);
            assertFalse(Files.exists(used));
        }
        finally
        {
            other.destroyForcibly().onExit().join();
        }
    }

    /** Its data directory may well exist, but in a place that is not visible here. */
    @Test
    void shouldLeaveTheLastFiguresOfAKilledServerOfAnotherContainerForADay() throws IOException
    {
        final NameSpaces others = new NameSpaces("pid:[1]", "mnt:[1]");
        final Path late = figures("caracal-14", header(memory.resolve("no-data"), others), System.nanoTime());
        final Path old = figures("caracal-15", header(memory.resolve("no-data"), others), System.nanoTime() -
            TimeUnit.HOURS.toNanos(25));

        RuntimeSweep.run(memory);

        assertTrue(Files.exists(late.resolve(CountersFile.NAME)));
        assertFalse(Files.exists(old));
    }

    /** For example of a server in another locale. A locale without letters beyond ASCII has no path for them. */
    @Test
    void shouldLeaveTheFiguresOfAServerWhoseDataHasANameThatIsNoPathHere() throws IOException
    {
        final Path figures = figures("caracal-17", new CountersHeader(PID_OF_NOBODY, 1, "v", "/no\0path",
            NameSpaces.own()), 0);

        RuntimeSweep.run(memory);

        assertTrue(Files.exists(figures.resolve(CountersFile.NAME)));
    }

    /** One such file would keep every server of the user from starting. */
    @Test
    void shouldGoOnBehindFiguresThatAreDamaged() throws IOException
    {
        final Path figures = figures("caracal-18", memory.resolve("no-data"));
        try (FileChannel channel = FileChannel.open(figures.resolve(CountersFile.NAME), StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.wrap(new byte[]{ -1, -1, -1, -1 }), LENGTH_OF_VERSION);
        }

        RuntimeSweep.run(memory);

        assertTrue(Files.exists(figures.resolve(CountersFile.NAME)));
    }

    /** The process ids say nothing: first the id of no process, then that of this process. */
    @Test
    void shouldTellByTheLockWhetherAServerIsAlive() throws Exception
    {
        final CountersHeader own = new CountersHeader(ProcessHandle.current().pid(), System.currentTimeMillis(), "v",
            "/d");
        final CountersHeader nobody = header(memory);
        final Path used = figures("caracal-16", memory);
        final Process other = holder(used.resolve(RuntimeLease.NAME));
        try
        {
            assertEquals('!', other.getInputStream().read());
            assertTrue(RuntimeLease.isAlive(used, nobody));
        }
        finally
        {
            other.destroyForcibly().onExit().join();
        }

        assertFalse(RuntimeLease.isAlive(used, own));
        Files.delete(used.resolve(RuntimeLease.NAME));
        assertTrue(RuntimeLease.isAlive(used, own), "a server of an early version");
        assertFalse(RuntimeLease.isAlive(used, nobody));
        try (RuntimeLease lease = RuntimeLease.take(used))
        {
            assertTrue(RuntimeLease.isAlive(lease.directory(), nobody), "a server of this process");
            Files.delete(used.resolve(CountersFile.NAME));
        }
    }

    /** Nor does reading its file release the lock, as closing any channel of the file would. */
    @Test
    void shouldLeaveTheFiguresOfAServerOfThisProcess() throws IOException
    {
        final Path directory = memory.resolve("caracal-7");
        try (RuntimeLease lease = RuntimeLease.take(directory);
            CountersFile file = CountersFile.create(lease.directory(), header(memory.resolve("no-data"))))
        {
            RuntimeSweep.run(memory);
            RuntimeSweep.run(memory);
            assertEquals(PID_OF_NOBODY, file.header().pid());
            assertTrue(Files.exists(directory.resolve(CountersFile.NAME)));
            assertTrue(Files.exists(directory.resolve(RuntimeLease.NAME)));
        }

        assertFalse(Files.exists(directory));
    }

    @Test
    void shouldTakeOverWhatAKilledServerLeft() throws IOException
    {
        final Path directory = figures("caracal-8", memory);
        try (RuntimeLease lease = RuntimeLease.take(directory);
            CountersFile file = CountersFile.create(lease.directory(), header(memory)))
        {
            assertEquals(memory.toString(), file.header().dataDir());
        }

        assertFalse(Files.exists(directory));
    }

    /** For example the sweeps of servers that start at the same moment. */
    @Test
    void shouldBeTakenWhileOthersRemoveItsDirectory() throws Exception
    {
        try (Remover remover = new Remover(memory.resolve("caracal-9")))
        {
            for (int i = 0; i < ROUNDS || remover.isAwaited(); i++)
            {
                try (RuntimeLease lease = RuntimeLease.take(remover.directory))
                {
                    assertEquals(remover.directory, lease.directory());
                }
            }
        }
    }

    @Test
    void shouldSweepWhileOthersDo() throws Exception
    {
        final Path last = memory.resolve("caracal-99");
        int made = 0;
        try (Remover remover = new Remover(memory.resolve("caracal-11")))
        {
            for (int i = 0; i < ROUNDS || remover.isAwaited(); i++)
            {
                made += remover.directory.toFile().mkdir() ? 1 : 0;
                Files.createDirectories(last);
                Files.write(last.resolve(RuntimeLease.NAME), new byte[0]);
                RuntimeSweep.run(memory);
                assertFalse(Files.exists(last), "one that went meanwhile ended the sweep");
            }
        }

        assertTrue(made > 0);
    }

    @Test
    void shouldRefuseADirectoryThatOthersMayRead() throws IOException
    {
        final Path directory = Files.createDirectory(memory.resolve("caracal-12"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        final IOException refused = assertThrows(IOException.class, () -> RuntimeLease.take(directory));
        assertTrue(refused.getMessage().contains("not a private directory"), refused.getMessage());
    }

    /** Any user may put a link into shared memory. */
    @Test
    void shouldNotFollowLinks() throws IOException
    {
        final Path figures = figures("elsewhere", memory.resolve("no-data"));
        Files.createSymbolicLink(memory.resolve("caracal-13"), figures);

        RuntimeSweep.run(memory);
        assertTrue(Files.exists(figures.resolve(CountersFile.NAME)));
        assertThrows(IOException.class, () -> RuntimeLease.take(memory.resolve("caracal-13")));
    }

    private Path figures(final String name, final Path dataDir) throws IOException
    {
        return figures(name, header(dataDir), 0);
    }

    private Path figures(final String name, final CountersHeader header, final long dueNs) throws IOException
    {
        final Path left = Files.createDirectory(memory.resolve("left-" + name));
        final Path directory = Files.createDirectory(memory.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (ServerMetrics metrics = ServerMetrics.shared(left, header);
            CountersFile file = CountersFile.open(left))
        {
            metrics.vital(Vital.LOOP_DUE_NS).setRelease(dueNs);
            assertEquals(header, file.header());
            Files.copy(left.resolve(CountersFile.NAME), directory.resolve(CountersFile.NAME));
        }

        Files.createFile(directory.resolve(RuntimeLease.NAME));
        return directory;
    }

    private static CountersHeader header(final Path dataDir)
    {
        return header(dataDir, NameSpaces.own());
    }

    private static CountersHeader header(final Path dataDir, final NameSpaces nameSpaces)
    {
        return new CountersHeader(PID_OF_NOBODY, 1, "v", dataDir.toString(), nameSpaces);
    }

    private static Process holder(final Path file) throws IOException
    {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m", "-cp",
            System.getProperty("java.class.path"), Holder.class.getName(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** A process that holds a lock until it is killed. */
    static final class Holder
    {
        private Holder()
        {
        }

        public static void main(final String[] args) throws IOException
        {
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE))
            {
                channel.lock();
                System.out.write('!');
                System.out.flush();
                System.in.read();
            }
        }
    }

    /** Removes a directory in parallel, as another process would. */
    private static final class Remover implements AutoCloseable
    {
        private static final long PAUSE_NS = 100_000;

        private final Path directory;
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final AtomicLong metCount = new AtomicLong();
        private final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        private final CompletableFuture<Void> end;

        private Remover(final Path directory)
        {
            this.directory = directory;
            end = CompletableFuture.runAsync(this::remove);
        }

        private void remove()
        {
            while (!isOver.get())
            {
                for (final Path each : List.of(directory.resolve(RuntimeLease.NAME), directory))
                {
                    metCount.addAndGet(each.toFile().delete() ? 1 : 0);
                }

                LockSupport.parkNanos(PAUSE_NS);
            }
        }

        /**
         * Whether its thread has not met the directory yet. On a busy machine it may start late, and rounds before that
         * prove nothing.
         */
        private boolean isAwaited()
        {
            return metCount.get() == 0 && System.nanoTime() - deadlineNs < 0;
        }

        @Override
        public void close()
        {
            isOver.set(true);
            end.orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
            assertTrue(metCount.get() > 0, "it never met the directory");
        }
    }
}
