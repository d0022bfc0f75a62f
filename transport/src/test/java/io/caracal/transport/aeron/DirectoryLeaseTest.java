/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLeaseTest
{
    private static final long LIMIT_S = 30;
    private static final int ROUNDS = 2_000;

    @TempDir
    private Path memory;
    private final RecordingEvents events = new RecordingEvents();

    @Test
    void shouldRemoveWhatADeadProcessLeftAndNothingElse() throws IOException
    {
        final Path dead = buffers("caracal-1");
        Files.createFile(memory.resolve("caracal-1.owner"));
        final Path older = buffers("caracal-2");
        final Path mine = memory.resolve("caracal-3");
        final DirectoryLease lease = DirectoryLease.take(mine);
        try (lease)
        {
            buffers("caracal-3");
            DirectoryLease.sweep(memory, events);

            assertEquals(List.of("swept " + dead), events.all());
            assertFalse(Files.exists(dead));
            assertFalse(Files.exists(memory.resolve("caracal-1.owner")));
            assertTrue(Files.exists(older.resolve("cnc.dat")), "nobody knows whose this is");
            assertTrue(Files.exists(mine.resolve("cnc.dat")));
        }

        assertFalse(Files.exists(memory.resolve("caracal-3.owner")));
    }

    @Test
    void shouldLeaveWhatAnotherProcessUsesUntilItIsKilled() throws Exception
    {
        final Path used = buffers("caracal-4");
        final Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m", "-cp", System.getProperty("java.class.path"), Holder.class.getName(),
            memory.resolve("caracal-4.owner").toString()).start();
        try
        {
            assertEquals('!', other.getInputStream().read());
            DirectoryLease.sweep(memory, events);
            assertTrue(Files.exists(used.resolve("cnc.dat")));
            assertEquals(List.of(), events.all());

            other.destroyForcibly();
            assertTrue(other.waitFor(LIMIT_S, TimeUnit.SECONDS));
            DirectoryLease.sweep(memory, events);
            assertEquals(List.of("swept " + used), events.all());
            assertFalse(Files.exists(used));
        }
        finally
        {
            other.destroyForcibly().onExit().join();
        }
    }

    /** Another process may sweep, and get the lock first, at any moment. */
    @Test
    void shouldBeTakenWhileOthersRemoveItsFile() throws Exception
    {
        try (Remover remover = new Remover(memory.resolve("caracal-5.owner")))
        {
            for (int i = 0; i < ROUNDS || remover.isAwaited(); i++)
            {
                try (DirectoryLease lease = DirectoryLease.take(memory.resolve("caracal-5")))
                {
                    assertEquals(remover.file, lease.file());
                }
            }
        }
    }

    @Test
    void shouldSweepWhileOthersDo() throws Exception
    {
        try (Remover remover = new Remover(memory.resolve("caracal-6.owner")))
        {
            for (int i = 0; i < ROUNDS || remover.isAwaited(); i++)
            {
                Files.write(remover.file, new byte[0]);
                DirectoryLease.sweep(memory, events);
            }
        }

        assertEquals(List.of(), events.all());
    }

    /** Stands for another process, which shows itself only by the sudden absence of the file. */
    private static final class Remover implements AutoCloseable
    {
        private static final long PAUSE_NS = 100_000;

        private final Path file;
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final AtomicLong metCount = new AtomicLong();
        private final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        private final CompletableFuture<Void> end;

        private Remover(final Path file)
        {
            this.file = file;
            end = CompletableFuture.runAsync(this::remove);
        }

        private void remove()
        {
            while (!isOver.get())
            {
                metCount.addAndGet(file.toFile().delete() ? 1 : 0);
                LockSupport.parkNanos(PAUSE_NS);
            }
        }

        /**
         * Whether the remover has not interfered yet. On a busy machine its thread may start late, and rounds before
         * that prove nothing.
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
            assertTrue(metCount.get() > 0, "it never met the file");
        }
    }

    /** A process that holds a lock until it is killed. */
    static final class Holder
    {
        private Holder()
        {
        }

        public static void main(final String[] args) throws IOException
        {
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE))
            {
                channel.lock();
                System.out.write('!');
                System.out.flush();
                System.in.read();
            }
        }
    }

    private Path buffers(final String name) throws IOException
    {
        final Path directory = Files.createDirectories(memory.resolve(name).resolve("images")).getParent();
        Files.writeString(directory.resolve("cnc.dat"), "x");
        return directory;
    }
}
