/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.operator.codec.RestoreState;
import io.caracal.engine.port.SnapshotSink;
import io.caracal.engine.txn.codec.RestoreEnding;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Restores through a server that loses steps, refuses them, and at times does not serve. */
class RestoreRunTest
{
    private static final long ID = 7;
    private static final long END_ZXID = 99;
    private static final int RECORDS = 400;

    private final Engine engine = new Engine();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private long nowNs;
    private final NanoClock clock = () -> nowNs += TimeUnit.MILLISECONDS.toNanos(200);
    private final RestoreRun run = new RestoreRun(engine, clock);

    @Test
    void shouldHandOverEverythingOnceAndInOrder()
    {
        assertEquals(END_ZXID, run.restore(5, this::records, 3));
        assertArrayEquals(sent.toByteArray(), engine.received.toByteArray());
        assertTrue(engine.parts > 10, "parts " + engine.parts);
    }

    @Test
    void shouldGoOnWhateverIsLostOrRefused()
    {
        engine.lossInHundred = 30;
        assertEquals(END_ZXID, run.restore(5, this::records, 3));
        assertArrayEquals(sent.toByteArray(), engine.received.toByteArray());
        assertFalse(engine.isAborted);
    }

    @Test
    void shouldNameARestoreThatIsInTheWay()
    {
        engine.openId = ID + 1;
        final RestoreRun.FailedException failure = assertThrows(RestoreRun.FailedException.class, () -> run.restore(5,
            this::records, 3));
        assertTrue(failure.isConflict());
        assertTrue(failure.getMessage().contains("server 4"), failure.getMessage());
        assertEquals(0, engine.received.size());
    }

    @Test
    void shouldGiveUpWhenNothingGetsAhead()
    {
        engine.partsMax = 3;
        assertThrows(RestoreRun.FailedException.class, () -> run.restore(5, this::records, 3));
        assertTrue(engine.isAborted, "nobody has to wait for its end");
    }

    @Test
    void shouldTellThatOthersGaveItUp()
    {
        engine.givesUpAt = 4;
        final RestoreRun.FailedException failure = assertThrows(RestoreRun.FailedException.class, () -> run.restore(5,
            this::records, 3));
        assertTrue(failure.getMessage().contains("SILENT"), failure.getMessage());
        assertFalse(failure.isConflict());
    }

    @Test
    void shouldNameDisksWithoutRoomAtOnce()
    {
        engine.roomFor = 0;
        assertNamesDisks();
        assertFalse(engine.isAborted, "nothing was begun");
    }

    @Test
    void shouldGiveUpAtOnceWhenItFillsTheDisks()
    {
        engine.roomFor = 5;
        assertNamesDisks();
        assertTrue(engine.isAborted, "nobody has to wait for its end");
    }

    private void assertNamesDisks()
    {
        final RestoreRun.FailedException failure = assertThrows(RestoreRun.FailedException.class, () -> run.restore(5,
            this::records, 3));
        assertTrue(failure.getMessage().contains("has room on its disks"), failure.getMessage());
        assertTrue(nowNs < TimeUnit.SECONDS.toNanos(20), "it waited by its clock until " + nowNs);
    }

    private void records(final long atZxid, final SnapshotSink sink)
    {
        assertEquals(Engine.BEGIN_ZXID, atZxid);
        final Random random = new Random(1);
        for (int i = 0; i < RECORDS; i++)
        {
            final byte[] record = new byte[1 + random.nextInt(i % 50 == 0 ? 100_000 : 3000)];
            random.nextBytes(record);
            final UnsafeBuffer length = new UnsafeBuffer(new byte[Integer.BYTES]);
            length.putInt(0, record.length, ByteOrder.LITTLE_ENDIAN);
            sent.writeBytes(length.byteArray());
            sent.writeBytes(record);
            assertTrue(sink.write(new UnsafeBuffer(record), 0, record.length));
        }
        assertTrue(sink.finish(RECORDS, 0));
    }

    /** An engine that carries out the steps. */
    private static final class Engine extends RestoreSteps
    {
        private static final long BEGIN_ZXID = 50;

        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final Random random = new Random(3);
        private int lossInHundred;
        private long openId;
        private long parts;
        private long partsMax = Long.MAX_VALUE;
        private long roomFor = Long.MAX_VALUE;
        private long givesUpAt = Long.MAX_VALUE;
        private long endedId;
        private RestoreEnding ending = RestoreEnding.NONE;
        private boolean isAborted;

        private Engine()
        {
            super(null, ID);
        }

        @Override
        RestoreStatus look()
        {
            return isLost() ? null : status(true);
        }

        @Override
        RestoreStatus begin(final long server, final long fileZxid)
        {
            assertEquals(3, server);
            assertEquals(5, fileZxid);
            if (isLost())
            {
                return status(false);
            }

            openId = openId == 0 && roomFor > 0 ? ID : openId;
            return status(true);
        }

        @Override
        RestoreStatus part(final long number, final byte[] piece)
        {
            if (isLost())
            {
                return random.nextBoolean() ? null : status(random.nextBoolean());
            }
            if (number == parts && parts < partsMax && openId == ID)
            {
                parts++;
                received.writeBytes(piece);
            }
            if (parts == givesUpAt)
            {
                end(RestoreEnding.SILENT);
            }

            return status(true);
        }

        @Override
        RestoreStatus end()
        {
            if (!isLost() && openId == ID)
            {
                end(RestoreEnding.DONE);
            }

            return status(true);
        }

        @Override
        RestoreStatus abort()
        {
            isAborted = isAborted || openId == ID;
            if (openId == ID)
            {
                end(RestoreEnding.GIVEN_UP);
            }

            return status(true);
        }

        private void end(final RestoreEnding how)
        {
            openId = 0;
            endedId = ID;
            ending = how;
        }

        private boolean isLost()
        {
            return random.nextInt(100) < lossInHundred;
        }

        private RestoreStatus status(final boolean isTaken)
        {
            return new RestoreStatus(isTaken, openId == 0 ? RestoreState.NONE : RestoreState.FILLING, openId, 4,
                BEGIN_ZXID, parts, endedId, END_ZXID, ending, parts >= roomFor);
        }
    }
}
