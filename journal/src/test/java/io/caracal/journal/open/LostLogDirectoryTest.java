/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.log.StoredLog;
import io.caracal.journal.offline.StoredData;
import io.caracal.journal.testing.CrashImage;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.ReceiveDriver;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostLogDirectoryTest
{
    @TempDir
    private Path directory;

    /** A disk was not mounted. What is written there now would be taken for all there ever was. */
    @Test
    void shouldRefuseALogDirectoryThatIsNotTheOneItWas()
    {
        final RealStorage storage = RealStorage.fresh(context -> context.dataLogDir(directory.resolve("log")));
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        storage.epochStore().store(1, 1, 1);
        driver.appendDurably(1, 100);
        driver.await("epochs", () ->
        {
            driver.poll();
            return !driver.epochNews.isEmpty();
        });
        storage.shutDown();

        final Path empty = directory.resolve("not-mounted");
        for (int attempt = 0; attempt < 2; attempt++)
        {
            final JournalContext elsewhere = storage.context().dataLogDir(empty);
            final CorruptionException refused =
                assertThrows(CorruptionException.class, () -> OpenJournal.open(elsewhere).close());
            final String message = refused.getMessage();
            assertTrue(message.startsWith(empty.resolve("caracal-1/manifest").toString()), message);
            assertTrue(message.contains(storage.layout().epochs().toString()), message);
            assertTrue(message.contains("dataLogDir"), message);
        }

        storage.open();
        driver.start();
        assertEquals(1, driver.replayEnd);
        storage.close();
    }

    /** Somebody restored a copy of the log's disk, but not of the other one. */
    @Test
    void shouldRefuseALogThatIsOlderThanASnapshotAndKeepThat() throws IOException
    {
        final RealStorage storage = RealStorage.fresh(context -> context.dataLogDir(directory.resolve("log")));
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        appendUpTo(10, driver);
        driver.snapshot(4, 5);

        checkOlderCopyIsRefused(storage, driver, 10);
    }

    /** The log is as after the very first start, or as right after the state of another server was received. */
    @ParameterizedTest
    @ValueSource(longs = { 0, 3 })
    void shouldRefuseAnEmptyLogThatIsOlderThanASnapshotAndKeepThat(final long emptyAfter) throws IOException
    {
        final RealStorage storage = RealStorage.fresh(context -> context.dataLogDir(directory.resolve("log")));
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        if (emptyAfter > 0)
        {
            final byte[] file = RealStorage.snapshotOfAnother(emptyAfter);
            new ReceiveDriver(storage, driver).receive(emptyAfter, file.length, file);
        }
        driver.await("segment beside a spare one", () -> storage.segmentFiles().size() == 2);

        checkOlderCopyIsRefused(storage, driver, emptyAfter);
    }

    /** Copies the present log, lets it continue, and then replaces it with the copy. */
    private void checkOlderCopyIsRefused(final RealStorage storage, final StorageDriver driver, final long end)
        throws IOException
    {
        final Path log = directory.resolve("log");
        final Path copy = directory.resolve("copy");
        storage.shutDown();
        CrashImage.copy(log, copy);
        storage.open();
        driver.start();
        assertEquals(end, driver.replayEnd);
        appendUpTo(20, driver);
        driver.snapshot(18, 5);
        storage.shutDown();

        Files.move(log, directory.resolve("right"));
        Files.move(copy, log);
        storage.open();
        final CorruptionException refused = assertThrows(CorruptionException.class, driver::start);
        assertTrue(refused.getMessage().startsWith(storage.snapshotPath(18).toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains("older copy"), refused.getMessage());
        assertTrue(refused.damage().endsWith("; caracal restore of this file alone gives back that state"),
            refused.damage());
        assertFalse(refused.getMessage().contains("--up-to-damage"), "it would give back less");
        storage.shutDown();
        assertEquals(refused.getMessage(), refusalOfATool(storage));

        RealStorage.delete(log);
        Files.move(directory.resolve("right"), log);
        storage.open();
        driver.start();
        assertEquals(18, driver.loadedZxid);
        assertEquals(20, driver.replayEnd);
        storage.close();
    }

    /** What a tool would make out of the older state would lack what was acknowledged since. */
    private static String refusalOfATool(final RealStorage storage) throws IOException
    {
        try (StoredData data = StoredData.openAlone(storage.layout()))
        {
            return assertThrows(CorruptionException.class, () -> data.log().read(data.log().baseZxid(),
                new StorageDriver(storage), StoredLog.Sight.TO_THE_END)).getMessage();
        }
    }

    /**
     * The disks of two members were swapped. A member may have accepted more than that log holds, and so would vote
     * with it.
     */
    @Test
    void shouldRefuseTheLogOfAnotherMemberThoughItHasTheSameHistory() throws IOException
    {
        final List<RealStorage> members = List.of(member("one", 10), member("two", 12));
        final RealStorage first = members.get(0);
        final Path own = directory.resolve("one");
        final Path other = directory.resolve("two");
        final Path aside = directory.resolve("aside");
        Files.move(own, aside);
        Files.move(other, own);
        Files.move(aside, other);

        for (final RealStorage member : members)
        {
            final CorruptionException refused = assertThrows(CorruptionException.class, member::open);
            final String message = refused.getMessage();
            assertTrue(message.startsWith(DataLayout.pair(member.layout().logHome()) + ", offset 0: "), message);
            assertTrue(message.contains(DataLayout.pair(member.layout().home()).toString()), message);
            assertFalse(message.contains("Restore"), message);
        }

        Files.move(own, aside);
        Files.move(other, own);
        final StorageDriver driver = new StorageDriver(first);
        first.open();
        driver.start();
        assertEquals(10, driver.replayEnd);
        members.forEach(RealStorage::close);
    }

    private RealStorage member(final String log, final long last)
    {
        final RealStorage storage = RealStorage.fresh(context -> context.dataLogDir(directory.resolve(log)));
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        appendUpTo(last, driver);
        storage.shutDown();
        return storage;
    }

    /** The data come from a version without such a file, or only one of the two was written when the power failed. */
    @ParameterizedTest
    @ValueSource(strings = { "data", "both" })
    void shouldSayAnewWhatBelongsTogetherWhereThatIsMissing(final String missing) throws IOException
    {
        final RealStorage storage = member("log", 3);
        final Path ofData = DataLayout.pair(storage.layout().home());
        final Path ofLog = DataLayout.pair(storage.layout().logHome());
        Files.delete(ofData);
        if ("both".equals(missing))
        {
            Files.delete(ofLog);
        }

        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        storage.shutDown();
        assertArrayEquals(Files.readAllBytes(ofData), Files.readAllBytes(ofLog));
        storage.close();
    }

    /**
     * The log's number is written first. So a log without one was never beside these data, or was not when they got
     * their number.
     */
    @Test
    void shouldRefuseALogWithoutANumberBesideDataThatHaveOne() throws IOException
    {
        final RealStorage storage = member("log", 3);
        final Path ofData = DataLayout.pair(storage.layout().home());
        final Path ofLog = DataLayout.pair(storage.layout().logHome());
        Files.delete(ofLog);

        final String message = assertThrows(CorruptionException.class, storage::open).getMessage();
        assertTrue(message.startsWith(ofLog + ", offset 0: is missing"), message);
        assertTrue(message.endsWith("remove " + ofData + "."), message);
        assertFalse(Files.exists(ofLog));

        Files.delete(ofData);
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        assertEquals(3, driver.replayEnd);
        storage.close();
    }

    /** Otherwise a tool would combine the two into a state that no server ever had. */
    @Test
    void shouldTellAToolThatTheLogIsOfAnotherServer() throws IOException
    {
        final RealStorage first = member("one", 10);
        final RealStorage second = member("two", 12);
        try (StoredData own = StoredData.openAlone(first.layout()))
        {
            assertSame(own, own.requirePair());
        }

        final DataLayout mixed = DataLayout.in(first.directory(), directory.resolve("two"));
        try (StoredData data = StoredData.openAlone(mixed))
        {
            final String message = assertThrows(CorruptionException.class, data::requirePair).getMessage();
            assertTrue(message.startsWith(DataLayout.pair(mixed.logHome()).toString()), message);
        }
        first.close();
        second.close();
    }

    /** A start that is refused because of its epochs must not record that the two belong together. */
    @Test
    void shouldNotSayThatALogBelongsHereWhichIsRefused() throws IOException
    {
        final RealStorage storage = RealStorage.fresh(context -> context.dataLogDir(directory.resolve("log")));
        StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        driver.appendDurably((1L << Integer.SIZE) + 1, 100);
        storage.shutDown();
        final List<Path> pair = List.of(DataLayout.pair(storage.layout().home()), DataLayout.pair(storage.layout()
            .logHome()));
        for (final Path file : pair)
        {
            Files.delete(file);
        }

        driver = new StorageDriver(storage);
        storage.open();
        storage.opened().requireEpochs();
        assertThrows(CorruptionException.class, driver::start);
        storage.shutDown();
        pair.forEach(file -> assertFalse(Files.exists(file), file.toString()));
        storage.close();
    }

    /** A start on a full disk still serves reads. */
    @Test
    void shouldStartWhereThereIsNoRoomToSayWhatBelongsTogether() throws IOException
    {
        final RealStorage storage = member("log", 3);
        Files.delete(DataLayout.pair(storage.layout().home()));
        Files.delete(DataLayout.pair(storage.layout().logHome()));
        storage.fileSystem.fullFor(path -> path.endsWith("pair"));

        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        assertEquals(3, driver.replayEnd);
        storage.close();
    }

    /** A kill between the two steps of a publication leaves such a snapshot, even one of the last record. */
    @ParameterizedTest
    @ValueSource(longs = { 8, 10 })
    void shouldRemoveASnapshotThatWasNotPublishedThoughTheLogReachesIt(final long zxid) throws IOException
    {
        final RealStorage storage = RealStorage.fresh();
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        appendUpTo(10, driver);
        driver.snapshot(4, 5);
        storage.shutDown();
        Files.copy(storage.snapshotPath(4), storage.snapshotPath(zxid));

        storage.open();
        driver.start();
        assertEquals(4, driver.loadedZxid);
        assertEquals(10, driver.replayEnd);
        assertFalse(Files.exists(storage.snapshotPath(zxid)));
        storage.close();
    }

    private static void appendUpTo(final long last, final StorageDriver driver)
    {
        for (long zxid = Math.max(driver.replayEnd, driver.durableZxid) + 1; zxid <= last; zxid++)
        {
            driver.append(zxid, 100);
        }
        driver.awaitDurable(last);
    }
}
