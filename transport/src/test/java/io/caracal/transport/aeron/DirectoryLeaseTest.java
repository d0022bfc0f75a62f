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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLeaseTest
{
    private static final long LIMIT_S = 30;

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
            "-Xmx32m", "-cp", System.getProperty("java.class.path"), Holder.class.getName(), memory.resolve(
                "caracal-4.owner").toString()).start();
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
