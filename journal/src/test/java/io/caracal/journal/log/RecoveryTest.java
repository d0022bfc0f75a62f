/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how a start treats damage: a torn tail is cut off, everything else is refused and named. */
class RecoveryTest
{
    private static final int LENGTH = LogImage.LENGTH;

    private final LogImage image = new LogImage();
    private final RealStorage storage = image.storage;
    private final StorageDriver driver = image.driver;
    private RealStorage copy;

    @BeforeEach
    void start()
    {
        image.start();
    }

    @AfterEach
    void end()
    {
        image.close();
    }

    @Test
    void shouldCutATornTail() throws IOException
    {
        image.append(1, 10);
        driver.appendDurably(11, LENGTH);
        takeImage();
        damageRecord(0, 11);

        assertEquals(LogImage.range(1, 10), image.replay());
    }

    @Test
    void shouldCutARecordOfWhichAChunkIsMissing() throws IOException
    {
        image.append(1, 10);
        driver.appendDurably(11, 500_000);
        takeImage();
        final Path file = copy.segmentFiles().get(0);
        overwrite(file, positionOf(file, 11) + 400_000, new byte[4096]);

        assertEquals(LogImage.range(1, 10), image.replay());
    }

    /** A cut behind the chunks that are there would be no end of a record. The start after this one would refuse it. */
    @Test
    void shouldStartAgainAfterItCutARecordOfWhichAChunkIsMissing() throws IOException
    {
        image.append(1, 10);
        driver.appendDurably(11, 500_000);
        takeImage();
        final Path file = copy.segmentFiles().get(0);
        overwrite(file, positionOf(file, 11) + 400_000, new byte[4096]);
        copy.open();
        final StorageDriver second = new StorageDriver(copy);
        second.start();
        second.appendDurably(11, LENGTH);
        copy.shutDown();

        assertEquals(LogImage.range(1, 11), image.replay());
    }

    @Test
    void shouldTellRotFromATornTail() throws IOException
    {
        image.append(1, 10);
        image.append(11, 20);
        takeImage();
        damageRecord(0, 5);

        final String message = image.refusal();
        assertTrue(message.contains("19700101F.cq4, offset "), message);
        assertTrue(message.contains("proves that there was a durable one"), message);
        assertTrue(message.contains("Restore the data directory"), message);
    }

    @Test
    void shouldRefuseALogWhosePageWasZeroed() throws IOException
    {
        image.append(1, 10);
        image.append(11, 20);
        takeImage();
        final Path file = copy.segmentFiles().get(0);
        overwrite(file, positionOf(file, 3) / 4096 * 4096, new byte[4096]);

        image.refusal();
    }

    @Test
    void shouldTellRotBehindManyZeros() throws IOException
    {
        image.append(1, 1000);
        image.append(1001, 1002);
        takeImage();
        final Path file = copy.segmentFiles().get(0);
        final long from = positionOf(file, 5);
        final long proof = positionOf(file, 1001);
        overwrite(file, from, new byte[(int)(proof - from)]);

        final String message = image.refusal();
        assertTrue(message.contains("the record at offset " + proof + " proves"), message);
    }

    @Test
    void shouldReadASegmentWhoseFirstPageWasZeroed() throws IOException
    {
        image.append(1, 20);
        takeImage();
        overwrite(copy.segmentFiles().get(0), 0, new byte[4096]);

        assertEquals(LogImage.range(1, 20), image.replay());
    }

    @Test
    void shouldReadASegmentWithoutChroniclesTable() throws IOException
    {
        image.append(1, 20);
        takeImage();
        Files.delete(copy.segmentFiles().get(0).resolveSibling("metadata.cq4t"));

        assertEquals(LogImage.range(1, 20), image.replay());
    }

    @Test
    void shouldRefuseAHoleAtTheEndOfASegmentWithASuccessor() throws IOException
    {
        image.append(1, 10);
        image.restart();
        image.append(11, 20);
        takeImage();
        damageRecord(0, 10);

        image.assertRefused("no valid record");
    }

    @Test
    void shouldRefuseDamageInTheLastSegmentAfterACleanEnd() throws IOException
    {
        image.append(1, 10);
        storage.shutDown();
        takeImage();
        damageRecord(0, 10);

        image.refusal();
    }

    @Test
    void shouldRefuseAMissingSegment() throws IOException
    {
        image.append(1, 10);
        image.restart();
        image.append(11, 20);
        takeImage();
        Files.delete(copy.segmentFiles().get(0));

        image.assertRefused("missing");
    }

    @Test
    void shouldRefuseAFileThatLostItsEnd() throws IOException
    {
        image.append(1, 10);
        takeImage();
        try (RandomAccessFile access = new RandomAccessFile(copy.segmentFiles().get(0).toFile(), "rw"))
        {
            access.setLength(100_000);
        }

        image.assertRefused("offset 100000");
    }

    @Test
    void shouldTakeALastSegmentWithoutRecords() throws IOException
    {
        image.append(1, 10);
        image.restart();
        takeImage();

        assertEquals(LogImage.range(1, 10), image.replay());
    }

    @Test
    void shouldRefuseALastSegmentOfWhichOnlyZerosAreLeft() throws IOException
    {
        image.append(1, 10);
        takeImage();
        final Path file = copy.segmentFiles().get(0);
        overwrite(file, 0, new byte[(int)Files.size(file)]);

        image.assertRefused("no head of this segment");
    }

    @Test
    void shouldRefuseALastSegmentWithTheContentsOfAnotherOne() throws IOException
    {
        image.append(1, 10);
        image.restart();
        image.append(11, 20);
        takeImage();
        final byte[] other = Files.readAllBytes(copy.segmentFiles().get(0));
        overwrite(copy.segmentFiles().get(1), 0, other);

        image.assertRefused("no head of this segment");
    }

    @Test
    void shouldRefuseALogThatEndsBeforeTheSnapshot() throws IOException
    {
        image.append(1, 10);
        image.append(11, 11);
        driver.snapshot(11, 3);
        takeImage();
        damageRecord(0, 11);

        image.assertRefused("ends at zxid 0xa");
    }

    /** The newest snapshot says up to where the log was durable, even if an older one has to be loaded. */
    @Test
    void shouldRefuseALogThatEndsBeforeASnapshotThatIsDamaged() throws IOException
    {
        image.append(1, 10);
        driver.snapshot(4, 3);
        image.append(11, 11);
        driver.snapshot(11, 3);
        takeImage();
        damageRecord(0, 11);
        copy.damageSnapshot(11);

        image.assertRefused("ends at zxid 0xa");
    }

    /** One flipped bit makes the excerpt look like one of Chronicle's own, which are stepped over. */
    @Test
    void shouldNotStepOverARecordThatLooksLikeAnExcerptOfChronicle() throws IOException
    {
        assertRefusedWithTopOfLength((byte)0x40);
    }

    /** Such a length may lead far beyond all the records that prove what was durable. */
    @Test
    void shouldNotStepOverAllThatFollowsWithTheLengthOfAnExcerptThatLooksLikeChronicles() throws IOException
    {
        assertRefusedWithTopOfLength((byte)0x7F);
    }

    private void assertRefusedWithTopOfLength(final byte top) throws IOException
    {
        image.append(1, 10);
        image.append(11, 20);
        takeImage();
        final Path file = copy.segmentFiles().get(0);
        final long damaged = positionOf(file, 5);
        overwrite(file, damaged + 3, new byte[]{ top });

        image.assertRefused("offset " + damaged + ": no valid record after zxid 0x4");
    }

    @Test
    void shouldRefuseARowThatLacksASegment() throws IOException
    {
        image.append(1, 10);
        image.restart();
        image.append(11, 20);
        image.restart();
        image.append(21, 30);
        takeImage();
        try (Manifest manifest = new Manifest(copy.layout().manifest(), new RealFileSystem()))
        {
            manifest.change(state -> new LogState(state.snapshotZxid(), state.place(), state.baseZxid(),
                state.nextOrdinal(), List.of(state.segments().get(0), state.segments().get(2))));
        }

        image.assertRefused("its records come after zxid 0x14, the segment before ends at 0xa");
    }

    @Test
    void shouldRefuseRecordsWhoseZxidsDoNotRise(@TempDir final Path directory) throws IOException
    {
        final RealFileSystem calls = new RealFileSystem();
        final Segment segment = Segment.create(directory, 1, 42, 1 << 20, calls);
        final ChunkHead head = new ChunkHead();
        head.recordLength = 8;
        for (final long zxid : new long[]{ 1, 2, 2 })
        {
            head.zxid = zxid;
            segment.append(head, new UnsafeBuffer(new byte[8]), 0, 8);
        }
        segment.force();
        segment.close();

        final Recovery recovery = new Recovery(directory, LogState.EMPTY.begun(segment.entry(0), 0, 0), calls);
        final CorruptionException refused = assertThrows(CorruptionException.class, () -> recovery.replay(9, driver));
        recovery.close();
        assertTrue(refused.getMessage().contains("zxid 0x2 after 0x2"), refused.getMessage());
    }

    @Test
    void shouldRefuseADirectoryWithoutItsManifest() throws IOException
    {
        image.append(1, 10);
        takeImage();
        Files.delete(copy.layout().manifest());

        final CorruptionException refused = assertThrows(CorruptionException.class, copy::open);
        assertTrue(refused.getMessage().contains("does not name"), refused.getMessage());
    }

    @Test
    void shouldRefuseSnapshotsWithoutAManifest() throws IOException
    {
        image.append(1, 10);
        driver.snapshot(10, 3);
        takeImage();
        Files.delete(copy.layout().manifest());
        RealStorage.delete(copy.layout().segments());

        final CorruptionException refused = assertThrows(CorruptionException.class, copy::open);
        assertTrue(refused.getMessage().contains("is blank"), refused.getMessage());
    }

    @Test
    void shouldNotTakeStaleCopiesOfRecordsForRecords() throws IOException
    {
        image.append(1, 10);
        image.append(11, 20);
        takeImage();
        final Path file = copy.segmentFiles().get(0);
        final long from = positionOf(file, 15);
        final long to = positionOf(file, 20) + 68 + LENGTH;
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw"))
        {
            final byte[] record = new byte[68 + LENGTH];
            access.seek(from);
            access.readFully(record);
            access.seek(to);
            access.write(record);
        }

        assertEquals(LogImage.range(1, 20), image.replay());
    }

    @Test
    void shouldForceWhatItReadBeforeItTellsTheEnd() throws IOException
    {
        image.append(1, 10);
        takeImage();
        copy.open();
        final StorageDriver second = new StorageDriver(copy);
        second.load();
        final long before = copy.fileSystem.forces.get();
        copy.fileSystem.failForce(file -> file.startsWith(copy.segmentFiles().get(0)));

        assertThrows(RuntimeException.class, () -> second.replay(0));
        assertTrue(copy.fileSystem.forces.get() > before);
        copy.fileSystem.failForce(file -> false);
    }

    /** The files may come from a backup, or from a process that ended before it forced them. */
    @Test
    void shouldForceEachFileAndEachDirectoryThatItRead() throws IOException
    {
        image.append(1, 10);
        driver.snapshot(4, 3);
        image.restart();
        image.append(11, 20);
        takeImage();
        copy.open();
        final Thread starter = Thread.currentThread();
        final Set<String> forced = new HashSet<>();
        copy.fileSystem.afterChange((call, file) ->
        {
            if (Thread.currentThread() == starter)
            {
                forced.add(call + " " + file);
            }
        });
        new StorageDriver(copy).start();

        final Path snapshot = copy.snapshotPath(4);
        final Set<String> expected = new HashSet<>(Set.of("force " + snapshot, "forceDirectory " + snapshot.getParent(),
            "forceDirectory " + copy.layout().segments()));
        for (final Path file : copy.segmentFiles().subList(0, 2))
        {
            expected.add("force " + file);
            expected.add("forceDirectory " + file.getParent());
        }
        expected.removeAll(forced);
        assertEquals(Set.of(), expected, "not forced");
    }

    private void takeImage() throws IOException
    {
        copy = image.take();
    }

    private void damageRecord(final int segment, final long zxid) throws IOException
    {
        final Path file = copy.segmentFiles().get(segment);
        RealStorage.flipByte(file, positionOf(file, zxid) + 100);
    }

    private static void overwrite(final Path file, final long position, final byte[] bytes) throws IOException
    {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw"))
        {
            access.seek(position);
            access.write(bytes);
        }
    }

    private static long positionOf(final Path file, final long zxid)
    {
        final long position = RecordPlaces.positionOf(file, zxid);
        assertTrue(position >= 0, "no record " + zxid + " in " + file);
        return position;
    }
}
