/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.metrics.RuntimeDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest
{
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    private Path dir;

    /** All servers of a run are killed, and the shared memory of a machine is small. */
    @Test
    void shouldLeaveNothingOfKilledServers() throws IOException
    {
        final Path buffers = Files.createDirectory(MEMORY.resolve("caracal-bench-" + ProcessHandle.current().pid()));
        final Path owner = Files.createFile(MEMORY.resolve(buffers.getFileName() + ".owner"));
        final Path figures;
        try (WorkDirectory directory = new WorkDirectory(dir.resolve("data"), false))
        {
            final Path dataDir = Files.createDirectory(directory.path().resolve("1"));
            figures = RuntimeDirectory.of(dataDir);
            Files.createDirectory(figures,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createFile(figures.resolve("owner"));
        }

        assertFalse(Files.exists(buffers));
        assertFalse(Files.exists(owner));
        assertFalse(Files.exists(figures));
    }

    /** A server in name spaces of its own looks like one in a container: its figures are kept for those who ask why. */
    @Test
    void shouldLeaveNoFiguresThatAreKeptForADay() throws IOException
    {
        final Path figures;
        try (WorkDirectory directory = new WorkDirectory(dir.resolve("data"), false))
        {
            figures = RuntimeDirectory.of(Files.createDirectories(directory.path().resolve("1").resolve("data")));
            Files.createDirectory(figures,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createFile(figures.resolve("owner"));
            Files.writeString(figures.resolve("counters"), "of another name space");
        }

        assertFalse(Files.exists(figures));
    }

    /** A directory left behind would keep the next run from beginning. */
    @Test
    void shouldBeGoneWhenSomebodyEndsTheRunThoughItsNextServerIsGivenADirectoryMeanwhile() throws IOException
    {
        final Path data = dir.resolve("data");
        final AtomicInteger pauses = new AtomicInteger();
        try (WorkDirectory directory = new WorkDirectory(data, false))
        {
            directory.onExit(() ->
            {
                if (pauses.getAndIncrement() == 0)
                {
                    makeDirectory(data.resolve("next"));
                }
            });

            assertTrue(pauses.get() > 1);
            assertFalse(Files.exists(data));
        }
    }

    /** What a server has in shared memory belongs to it until it is dead. */
    @Test
    void shouldStayUntilTheLastServerIsDead() throws IOException
    {
        final Process server = new ProcessBuilder("sleep", "120").start();
        final AtomicInteger pauses = new AtomicInteger();
        try (WorkDirectory directory = new WorkDirectory(dir.resolve("data"), false))
        {
            directory.onExit(() ->
            {
                if (pauses.incrementAndGet() == 20)
                {
                    server.destroyForcibly().onExit().join();
                }
            });

            assertTrue(pauses.get() >= 20, () -> pauses + " pauses");
        }
        finally
        {
            server.destroyForcibly();
        }
    }

    private static void makeDirectory(final Path path)
    {
        try
        {
            Files.createDirectories(path);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
