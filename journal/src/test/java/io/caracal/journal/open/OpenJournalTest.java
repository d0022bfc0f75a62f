/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.IdleMode;
import io.caracal.journal.JournalContext;
import io.caracal.journal.JournalEvents;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenJournalTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldRefuseADirectoryInUse()
    {
        final RealStorage storage = RealStorage.fresh();
        storage.open();

        final JournalContext second = storage.context();
        final DirectoryInUseException refused = assertThrows(DirectoryInUseException.class,
            () -> OpenJournal.open(second));
        assertTrue(refused.getMessage().contains(storage.directory().toString()), refused.getMessage());
        storage.close();
    }

    @Test
    void shouldRefuseALogDirectoryInUse()
    {
        final RealStorage storage = RealStorage.fresh();
        storage.open();

        final JournalContext second = storage.context().dataDir(directory).dataLogDir(storage.directory());
        assertThrows(DirectoryInUseException.class, () -> OpenJournal.open(second));
        storage.close();
    }

    /** Somebody takes the file for a remnant of a dead server. */
    @Test
    void shouldRefuseADirectoryInUseThoughItsLockFileWasRemoved() throws IOException
    {
        final RealStorage storage = RealStorage.fresh(context -> context.dataLogDir(directory.resolve("log")));
        storage.open();
        Files.delete(DataLayout.lock(storage.layout().home()));
        Files.delete(DataLayout.lock(storage.layout().logHome()));

        final JournalContext second = storage.context();
        final DirectoryInUseException refused = assertThrows(DirectoryInUseException.class,
            () -> OpenJournal.open(second));
        assertTrue(refused.getMessage().startsWith(storage.layout().epochs().toString()), refused.getMessage());

        final JournalContext sameLog =
            storage.context().dataDir(directory.resolve("other")).dataLogDir(directory.resolve("log"));
        final DirectoryInUseException refusedAsWell = assertThrows(DirectoryInUseException.class,
            () -> OpenJournal.open(sameLog));
        assertTrue(refusedAsWell.getMessage().startsWith(storage.layout().manifest().toString()),
            refusedAsWell.getMessage());
        storage.close();
    }

    @Test
    void shouldForceTheDirectoriesAboveNewDataAndNoOthers() throws IOException
    {
        final Path dataDir = directory.resolve("a/b/data");
        final Path logDir = directory.resolve("c/log");
        final List<Path> forced = new ArrayList<>();
        final RealStorage storage = new RealStorage(dataDir, context -> context.dataLogDir(logDir));
        storage.fileSystem.beforeChange((call, file) ->
        {
            if (call.equals("forceDirectory"))
            {
                synchronized (forced)
                {
                    forced.add(file);
                }
            }
        });
        storage.open();
        storage.shutDown();
        final Path real = directory.toRealPath();
        final List<Path> expected =
            List.of(dataDir, real.resolve("a/b"), real.resolve("a"), logDir, real.resolve("c"), real);
        assertTrue(forced.containsAll(expected), forced.toString());

        forced.clear();
        storage.open();
        storage.shutDown();
        assertFalse(forced.contains(real.resolve("a")), forced.toString());
        storage.close();
    }

    @Test
    void shouldTellOnWhatItLiesThatIsNoDisk() throws IOException
    {
        final Path memory = Files.createTempDirectory(Path.of("/dev/shm"), "caracal-test");
        final List<String> told = new ArrayList<>();
        final RealStorage storage = RealStorage.fresh(context -> context.dataLogDir(memory).events(new JournalEvents()
        {
            @Override
            public void onUnsuitableFileSystem(final String where, final String concern)
            {
                told.add(where + ": " + concern);
            }
        }));
        storage.open();
        storage.close();
        final String last = told.get(told.size() - 1);
        assertTrue(last.startsWith(memory.resolve("caracal-1") + ": a file system in memory"), last);
        try (Stream<Path> files = Files.walk(memory))
        {
            for (final Path file : files.sorted((a, b) -> b.compareTo(a)).toList())
            {
                Files.delete(file);
            }
        }
    }

    @Test
    void shouldKeepTheLogInADirectoryOfItsOwn() throws IOException
    {
        final RealStorage storage = RealStorage.fresh(context -> context.dataLogDir(directory));
        final StorageDriver driver = new StorageDriver(storage);
        for (int i = 0; i < 3; i++)
        {
            storage.open();
            driver.start();
            assertEquals(i, driver.replayEnd);
            driver.appendDurably(i + 1, 100);
            storage.shutDown();
        }

        assertTrue(Files.exists(directory.resolve("caracal-1/manifest")));
        assertTrue(Files.exists(storage.directory().resolve("caracal-1/epochs")));
        storage.close();
    }

    @Test
    void shouldGiveEverythingBackWhenClosed() throws IOException
    {
        final RealStorage storage = RealStorage.fresh();
        final Set<Thread> others = threads();
        fillAndClose(storage, 0);
        final long descriptorsBefore = count("/proc/self/fd", storage.directory());
        final List<String> begunByFirst = threadsBegunAfter(others);
        final Set<Thread> before = threads();
        fillAndClose(storage, 100);
        fillAndClose(storage, 200);

        assertEquals(0, descriptorsBefore);
        assertEquals(0, count("/proc/self/fd", storage.directory()));
        assertEquals(List.of(), mappings(storage.directory()));
        assertEquals(List.of(), threadsBegunAfter(before));
        assertTrue(begunByFirst.stream().noneMatch(name -> name.contains("caracal") || name.contains("releaser")),
            begunByFirst.toString());
        storage.close();
    }

    @Test
    void shouldGiveEverythingBackWhenNeverUsed() throws IOException
    {
        final RealStorage storage = RealStorage.fresh();
        storage.open();
        storage.shutDown();

        assertEquals(0, count("/proc/self/fd", storage.directory()));
        assertEquals(List.of(), mappings(storage.directory()));
        storage.close();
    }

    @Test
    void shouldLeaveNoSpareAndNoTemporaryFileBehind() throws IOException
    {
        final RealStorage storage = RealStorage.fresh();
        fillAndClose(storage, 0);
        fillAndClose(storage, 100);

        try (Stream<Path> files = Files.walk(storage.directory()))
        {
            assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".tmp")).toList());
        }

        try (Stream<Path> segments = Files.list(storage.layout().segments()))
        {
            assertEquals(storage.segmentFiles().size(), segments.count());
        }

        final long bytes = storage.segmentFiles().stream().mapToLong(file -> file.toFile().length()).sum();
        assertTrue(bytes < 22_000_000, "segments were not cut: " + bytes);
        storage.close();
    }

    @ParameterizedTest
    @EnumSource(IdleMode.class)
    void shouldWorkInEveryIdleMode(final IdleMode mode)
    {
        final RealStorage storage = RealStorage.fresh(context -> context.idleMode(mode));
        storage.open();
        final StorageDriver driver = new StorageDriver(storage);
        driver.start();
        for (int zxid = 1; zxid <= 20; zxid++)
        {
            driver.appendDurably(zxid, 100);
        }

        storage.close();
    }

    @Test
    void shouldRefuseOnlyRecordsOfAnEpochThatWasNeverAccepted()
    {
        final RealStorage storage = RealStorage.fresh();
        storage.open();
        StorageDriver driver = new StorageDriver(storage);
        driver.start();
        driver.appendDurably((2L << Integer.SIZE) + 1, 100);
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            assertTrue(storage.epochStore().store(epoch, 1, epoch));
            storage.shutDown();
            storage.open();
            storage.opened().requireEpochs();
            driver = new StorageDriver(storage);
            if (epoch == 1)
            {
                final String message = assertThrows(CorruptionException.class, driver::start).getMessage();
                assertTrue(message.contains("knows of no epoch after 1"), message);
            }
        }

        driver.start();
        assertEquals((2L << Integer.SIZE) + 1, driver.replayEnd);
        storage.close();
    }

    /** A record longer than the ring is in transit in pieces. It was accepted, so a close has to complete it. */
    @Test
    void shouldStartAfterACloseInTheMiddleOfALongRecord()
    {
        final RealStorage storage = RealStorage.fresh();
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        driver.appendDurably(1, 100);
        driver.append(2, 1 << 20);
        storage.shutDown();

        storage.open();
        driver.start();
        assertEquals(2, driver.replayEnd);
        driver.appendDurably(3, 100);
        storage.close();
    }

    /** Appends enough for several rotations, and writes a snapshot. */
    private static void fillAndClose(final RealStorage storage, final long after)
    {
        storage.open();
        final StorageDriver driver = new StorageDriver(storage);
        driver.start();
        assertEquals(after, driver.replayEnd);
        for (long zxid = after + 1; zxid <= after + 100; zxid++)
        {
            driver.append(zxid, 100_000);
        }

        driver.awaitDurable(after + 100);
        driver.snapshot(after + 100, 50);
        storage.shutDown();
    }

    private static long count(final String links, final Path below) throws IOException
    {
        try (Stream<Path> files = Files.list(Path.of(links)))
        {
            return files.filter(file -> target(file).startsWith(below.toString())).count();
        }
    }

    private static String target(final Path link)
    {
        try
        {
            return Files.readSymbolicLink(link).toString();
        }
        catch (final IOException vanished)
        {
            return "";
        }
    }

    private static List<String> mappings(final Path below) throws IOException
    {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps")))
        {
            return lines.filter(line -> line.contains(below.toString())).toList();
        }
    }

    private static Set<Thread> threads()
    {
        return Thread.getAllStackTraces().keySet();
    }

    /** Returns the threads of this test only, without those that another, failed test left behind. */
    private static List<String> threadsBegunAfter(final Set<Thread> before)
    {
        return threads().stream().filter(thread -> !before.contains(thread)).map(Thread::getName)
            .filter(name -> !name.startsWith("surefire"))
            .filter(name -> !name.contains("process reaper") && !name.startsWith("junit")).sorted().toList();
    }
}
