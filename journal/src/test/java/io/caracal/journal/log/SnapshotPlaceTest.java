/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start reads the log from near the snapshot. Whatever the manifest says about that place, nothing is lost. */
class SnapshotPlaceTest
{
    private static final int LONG_LENGTH = 700_000;
    private static final long SNAPSHOT = 300;
    private static final long LAST = 400;

    /** More records than fit between two entries of the index. */
    private static final long DISTANCE_MAX = 70;

    /** More records than fit into a segment. */
    private static final long SEGMENT_RECORDS = 4200;

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
    void shouldReadFromNearTheSnapshot() throws IOException
    {
        writeAndCopy();
        final RecordPlace place = state().place();
        assertTrue(place.zxid() <= SNAPSHOT && place.zxid() > SNAPSHOT - DISTANCE_MAX, place.toString());

        copy.damageRecord(place.zxid() - 1);

        assertEquals(LogImage.range(SNAPSHOT + 1, LAST), image.replay());
    }

    @Test
    void shouldRefuseDamageBehindThePlace() throws IOException
    {
        writeAndCopy();
        copy.damageRecord(state().place().zxid() + 1);

        image.refusal();
    }

    @Test
    void shouldReadEverythingWhenTheRecordOfThePlaceIsDamaged() throws IOException
    {
        writeAndCopy();
        final long zxid = state().place().zxid();
        copy.damageRecord(zxid);

        final String message = image.refusal();
        assertTrue(message.contains("no valid record after zxid 0x" + Long.toHexString(zxid - 1)), message);
    }

    @Test
    void shouldReadEverythingWhenNoRecordLiesThere() throws IOException
    {
        writeAndCopy();
        final RecordPlace place = state().place();

        for (final long distance : new long[]{ -1L << 40, -64, -4, 1, 4, 64, 1 << 20, 1L << 40 })
        {
            claim(new RecordPlace(place.ordinal(), place.position() + distance, place.zxid()));
            assertEquals(LogImage.range(SNAPSHOT + 1, LAST), image.replay());
            copy.crash();
        }
    }

    @Test
    void shouldReadEverythingWhenAnotherRecordLiesThere() throws IOException
    {
        writeAndCopy();
        final RecordPlace place = state().place();

        claim(new RecordPlace(place.ordinal(), place.position(), place.zxid() - 1));

        assertEverythingIsRead();
    }

    @Test
    void shouldReadEverythingWhenThePlaceIsBehindTheSnapshot() throws IOException
    {
        writeAndCopy();

        claim(new RecordPlace(state().place().ordinal(), positionOf(SNAPSHOT + 50), SNAPSHOT + 50));

        assertEverythingIsRead();
    }

    @Test
    void shouldReadEverythingWhenThePlaceIsOfAnotherSegment() throws IOException
    {
        writeAndCopy();
        final RecordPlace place = state().place();

        claim(new RecordPlace(place.ordinal() + 1, place.position(), place.zxid()));

        assertEverythingIsRead();
    }

    @Test
    void shouldReadEverythingWhenNothingIsKnown() throws IOException
    {
        writeAndCopy();

        claim(RecordPlace.NONE);

        assertEverythingIsRead();
    }

    @Test
    void shouldReadEverythingWhenThePlaceIsWithinARecord() throws IOException
    {
        image.append(1, 10);
        driver.append(11, LONG_LENGTH);
        image.append(12, 12);
        driver.snapshot(12, 3);
        copy();

        claim(new RecordPlace(state().place().ordinal(), secondChunk(positionOf(11)), 11));

        assertEverythingIsRead();
    }

    @Test
    void shouldNotBeginBehindAnOlderSnapshotThatHadToBeLoaded() throws IOException
    {
        image.append(1, 100);
        driver.snapshot(100, 3);
        image.append(101, SNAPSHOT);
        driver.snapshot(SNAPSHOT, 3);
        image.append(SNAPSHOT + 1, LAST);
        copy();
        copy.damageSnapshot(SNAPSHOT);

        assertEquals(LogImage.range(101, LAST), image.replay());
    }

    @Test
    void shouldKnowThePlaceInTheSegmentBefore() throws IOException
    {
        image.append(1, SNAPSHOT);
        driver.await("begin of a snapshot", () -> storage.snapshotStore().begin(SNAPSHOT));
        image.append(SNAPSHOT + 1, SEGMENT_RECORDS);
        driver.await("end of a snapshot", () -> storage.snapshotStore().finish(0, 1));
        driver.await("its publication", () ->
        {
            driver.poll();
            return driver.snapshotNews.stream().anyMatch(news -> news.startsWith("published"));
        });
        copy();
        assertEquals(2, state().segments().size());

        final RecordPlace place = state().place();
        assertEquals(state().segments().get(0).ordinal(), place.ordinal());
        copy.damageRecord(place.zxid() - 1);

        assertEquals(LogImage.range(SNAPSHOT + 1, SEGMENT_RECORDS), image.replay());
    }

    @Test
    void shouldKeepThePlaceOverRestartsWithoutASnapshot() throws IOException
    {
        image.append(1, SNAPSHOT);
        driver.snapshot(SNAPSHOT, 3);
        image.append(SNAPSHOT + 1, LAST);
        image.restart();
        image.append(LAST + 1, LAST + 10);
        copy();
        copy.damageRecord(state().place().zxid() - 1);

        assertEquals(LogImage.range(SNAPSHOT + 1, LAST + 10), image.replay());
    }

    @Test
    void shouldForgetThePlaceWithTheLog()
    {
        final LogState state = LogState.EMPTY.published(7, new RecordPlace(1, 64, 7));

        assertEquals(RecordPlace.NONE, state.replaced(9).place());
        assertEquals(new RecordPlace(1, 64, 7), state.published(6, new RecordPlace(1, 32, 6)).place());
    }

    @Test
    void shouldNotServeBehindTheCutOfATruncation()
    {
        final SegmentEntry cut = new SegmentEntry(1, 1, 0, 64, 500, 15, 4096);

        assertTrue(new RecordPlace(1, 400, 15).serves(cut, 20));
        assertFalse(new RecordPlace(1, 400, 18).serves(cut, 20));
        assertFalse(new RecordPlace(1, 500, 15).serves(cut, 20));
        assertFalse(new RecordPlace(1, 63, 15).serves(cut, 20));
        assertFalse(new RecordPlace(1, 64, 0).serves(cut, 20));
    }

    @Test
    void shouldLeaveNothingUnreadForTools() throws IOException
    {
        writeAndCopy();
        copy.damageRecord(state().place().zxid() - 1);
        final StoredLog log = StoredLog.open(copy.layout().manifest(), copy.layout().segments(), new RealFileSystem(),
            false);

        assertThrows(CorruptionException.class, () -> log.read(SNAPSHOT, new Ignored(), StoredLog.Sight.TO_THE_END));
    }

    private void writeAndCopy() throws IOException
    {
        image.append(1, SNAPSHOT);
        driver.snapshot(SNAPSHOT, 3);
        image.append(SNAPSHOT + 1, LAST);
        copy();
    }

    private void copy() throws IOException
    {
        copy = image.take();
    }

    private LogState state() throws IOException
    {
        try (Manifest manifest = new Manifest(copy.layout().manifest(), new RealFileSystem()))
        {
            return manifest.state();
        }
    }

    /** Makes the manifest say that the log can be read from the given place. */
    private void claim(final RecordPlace place) throws IOException
    {
        try (Manifest manifest = new Manifest(copy.layout().manifest(), new RealFileSystem()))
        {
            manifest.change(state -> new LogState(state.snapshotZxid(), place, state.baseZxid(), state.nextOrdinal(),
                state.segments()));
        }
    }

    private long positionOf(final long zxid)
    {
        return RecordPlaces.positionOf(copy.segmentFiles().get(0), zxid);
    }

    /** Returns the position of the excerpt after the one at the given position. */
    private long secondChunk(final long first) throws IOException
    {
        final ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(copy.segmentFiles().get(0), StandardOpenOption.READ))
        {
            channel.read(word, first);
        }

        return first + Segment.alignedLength(word.getInt(0));
    }

    /** Damages the first record, which shows whether it is read. */
    private void assertEverythingIsRead()
    {
        copy.damageRecord(1);
        image.assertRefused("no valid record after zxid 0x0");
    }

    private static final class Ignored implements ReplayHandler
    {
        @Override
        public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
            final int length)
        {
        }

        @Override
        public void onReplayEnd(final long lastZxid)
        {
        }
    }
}
