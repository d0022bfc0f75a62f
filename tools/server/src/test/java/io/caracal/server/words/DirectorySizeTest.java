/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySizeTest
{
    private static final int ROUNDS = 2_000;
    private static final long LIMIT_S = 30;

    @TempDir
    private Path directory;

    @Test
    void shouldCountWhatLiesBelow() throws IOException
    {
        Files.write(Files.createDirectory(directory.resolve("below")).resolve("a"), new byte[100]);
        Files.write(directory.resolve("b"), new byte[23]);

        assertEquals(123, DirectorySize.of(directory));
        assertEquals(0, DirectorySize.of(directory.resolve("none")));
    }

    @Test
    void shouldCountWhileFilesVanish() throws IOException
    {
        Files.write(directory.resolve("stays"), new byte[7]);
        final AtomicBoolean isOver = new AtomicBoolean();
        final AtomicInteger vanished = new AtomicInteger();
        final CompletableFuture<Void> other = CompletableFuture.runAsync(() -> comeAndGo(isOver, vanished));
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        try
        {
            // On a busy machine the other thread may start late, and rounds before that prove nothing.
            for (int i = 0; i < ROUNDS || (vanished.get() == 0 && System.nanoTime() - deadlineNs < 0); i++)
            {
                assertEquals(7, DirectorySize.of(directory));
            }
        }
        finally
        {
            isOver.set(true);
            other.orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
            assertTrue(vanished.get() > 0, "nothing vanished");
        }
    }

    private void comeAndGo(final AtomicBoolean isOver, final AtomicInteger vanished)
    {
        try
        {
            while (!isOver.get())
            {
                final Path file = Files.createFile(directory.resolve("goes"));
                Files.delete(file);
                vanished.incrementAndGet();
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
