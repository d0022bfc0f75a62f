/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of truncation that every adapter of the port {@code Journal} must pass. */
public abstract class TruncationContract extends StorageContract
{
    private static final long EPOCH = 1L << 32;
    private static final long FIRST = EPOCH + 1;
    private static final int LENGTH = 1000;

    /** Length of records of which about forty fill a small segment. */
    private static final int LARGE_LENGTH = 100_000;
    private static final int CRASHES = 12;

    private final List<Long> history = new ArrayList<>();

    @BeforeEach
    void begin()
    {
        driver.start();
    }

    @Test
    void shouldForgetTheLastRecords()
    {
        append(FIRST, FIRST + 499, LENGTH);
        truncate(FIRST + 449);
        checkGoesOn();
    }

    @Test
    void shouldForgetAllButTheFirstRecord()
    {
        append(FIRST, FIRST + 49, LENGTH);
        truncate(FIRST);
        checkGoesOn();
    }

    @Test
    void shouldForgetFromEveryPlaceOfALogOfSeveralSegments()
    {
        append(FIRST, FIRST + 149, LARGE_LENGTH);
        for (long zxid = FIRST + 140; zxid >= FIRST; zxid -= 10)
        {
            truncate(zxid);
        }

        truncate(0);
        checkGoesOn();
    }

    @Test
    void shouldForgetWhereOneProcessEndedAndTheNextBegan()
    {
        append(FIRST, FIRST + 19, LENGTH);
        restart();
        append(FIRST + 20, FIRST + 39, LENGTH);
        restart();
        append(FIRST + 40, FIRST + 59, LENGTH);
        truncate(FIRST + 39);
        truncate(FIRST + 19);
        checkGoesOn();
    }

    @Test
    void shouldForgetWhatAnEarlierProcessAppended()
    {
        append(FIRST, FIRST + 49, LENGTH);
        restart();
        truncate(FIRST + 19);
        checkGoesOn();
    }

    @Test
    void shouldForgetEverything()
    {
        append(FIRST, FIRST + 49, LARGE_LENGTH);
        truncate(0);
        restart();
        assertEquals(List.of(), driver.replayed);
        assertEquals(0, driver.replayEnd);
        checkGoesOn();
    }

    @Test
    void shouldForgetUpToTheNewestSnapshot()
    {
        append(FIRST, FIRST + 49, LENGTH);
        driver.snapshot(FIRST + 30, 3);
        truncate(FIRST + 30);
        restart();
        assertEquals(FIRST + 30, driver.loadedZxid);
        assertEquals(List.of(), driver.replayed);
        assertEquals(FIRST + 30, driver.replayEnd);
        driver.appendDurably(2 * EPOCH + 1, LENGTH);
    }

    @Test
    void shouldMakeEverythingDurableWhereNothingIsToBeForgotten()
    {
        appendAndForget(FIRST, FIRST + 199, LENGTH);
        truncate(FIRST + 199);
        assertEquals(FIRST + 199, driver.durableZxid);
        storage.crash();
        start();
        assertEquals(history, driver.replayed);
        checkGoesOn();
    }

    @Test
    void shouldAnswerOnAnEmptyLog()
    {
        truncate(0);
        assertEquals(List.of(0L), driver.truncations);
        checkGoesOn();
    }

    @Test
    void shouldForgetWhatNoForceHasSeen()
    {
        append(FIRST, FIRST + 9, LENGTH);
        storage.holdForces();
        appendAndForget(FIRST + 10, FIRST + 29, LENGTH);
        assertTrue(driver.tryTruncate(FIRST + 14));
        rest();
        assertEquals(List.of(), driver.truncations);
        storage.releaseForces();
        driver.awaitTruncated();
        forget(FIRST + 14);
        assertEquals(FIRST + 14, driver.durableZxid);
        storage.crash();
        start();
        assertEquals(history, driver.replayed);
        checkGoesOn();
    }

    @Test
    void shouldRefuseAppendsUntilTheEndWasTold()
    {
        append(FIRST, FIRST + 4, LENGTH);
        assertTrue(driver.tryTruncate(FIRST + 2));
        for (int i = 0; i < 50; i++)
        {
            assertFalse(driver.tryAppend(2 * EPOCH, LENGTH));
            storage.pause();
        }

        driver.awaitTruncated();
        forget(FIRST + 2);
        assertTrue(driver.tryAppend(2 * EPOCH, LENGTH));
        driver.awaitDurable(2 * EPOCH);
        history.add(2 * EPOCH);
        restart();
        assertEquals(history, driver.replayed);
    }

    @Test
    void shouldTakeOneTruncationAtATime()
    {
        append(FIRST, FIRST + 9, LENGTH);
        assertTrue(driver.tryTruncate(FIRST + 6));
        assertFalse(driver.tryTruncate(FIRST + 3));
        driver.awaitTruncated();
        forget(FIRST + 6);
        truncate(FIRST + 3);
        assertEquals(List.of(FIRST + 6, FIRST + 3), driver.truncations);
        checkGoesOn();
    }

    @Test
    void shouldForgetOnAFullDisk()
    {
        append(FIRST, FIRST + 99, LARGE_LENGTH);
        storage.fillDisk();
        truncate(FIRST + 49);
        truncate(FIRST + 9);
        storage.freeDisk();
        checkGoesOn();
    }

    /** The records wait for room that they will not need, and the command to truncate waits behind them. */
    @Test
    void shouldForgetWhatFindsNoRoomOnAFullDisk()
    {
        append(FIRST, FIRST + 9, LARGE_LENGTH);
        storage.fillDisk();
        driver.appendUntilRefused(FIRST + 9, LARGE_LENGTH);
        truncate(FIRST + 9);
        storage.freeDisk();
        checkGoesOn();
    }

    @Test
    void shouldAppendAnyLaterZxidAfterwards()
    {
        append(FIRST, FIRST + 9, LENGTH);
        truncate(FIRST + 5);
        append(FIRST + 6, FIRST + 6, LENGTH);
        append(7 * EPOCH + 3, 7 * EPOCH + 4, LENGTH);
        append(9 * EPOCH + 1, 9 * EPOCH + 1, LENGTH);
        restart();
        assertEquals(history, driver.replayed);
        assertEquals(9 * EPOCH + 1, driver.replayEnd);
    }

    @Test
    void shouldStopAtATruncationBelowTheNewestSnapshot()
    {
        append(FIRST, FIRST + 9, LENGTH);
        driver.snapshot(FIRST + 5, 3);

        assertThrows(BrokenInvariantException.class, () -> driver.tryTruncate(FIRST + 4));
    }

    @Test
    void shouldStopAtATruncationBeyondTheEnd()
    {
        append(FIRST, FIRST + 9, LENGTH);

        assertThrows(BrokenInvariantException.class, () -> driver.tryTruncate(FIRST + 10));
    }

    @Test
    void shouldHoldAllOrNothingOfATruncationAfterACrash()
    {
        int cuts = 0;
        append(FIRST, FIRST + 59, LARGE_LENGTH);
        for (int i = 0; i < CRASHES; i++)
        {
            final long last = history.get(history.size() - 1);
            final long zxid = history.get(history.size() - 4);
            assertTrue(driver.tryTruncate(zxid));
            final boolean isTold = i % 4 == 3;
            if (isTold)
            {
                driver.awaitTruncated();
            }
            for (int pauses = 0; pauses < i % 4; pauses++)
            {
                storage.pause();
            }

            storage.crash();
            start();
            assertTrue(!isTold || driver.replayEnd == zxid, "a truncation that was told is undone");
            if (driver.replayEnd == zxid)
            {
                forget(zxid);
                cuts++;
            }

            assertTrue(driver.replayEnd == last || driver.replayEnd == zxid, "ends at " + driver.replayEnd);
            assertEquals(history, driver.replayed);
        }

        assertTrue(cuts > 0, "no truncation ever came through");
    }

    @Test
    void shouldForgetBeforeAnOrderlyEndOrNotAtAll()
    {
        append(FIRST, FIRST + 59, LENGTH);
        for (int i = 0; i < CRASHES; i++)
        {
            final long last = history.get(history.size() - 1);
            final long zxid = history.get(history.size() - 4);
            assertTrue(driver.tryTruncate(zxid));
            restart();
            assertTrue(driver.replayEnd == last || driver.replayEnd == zxid, "ends at " + driver.replayEnd);
            forget(driver.replayEnd);
            assertEquals(history, driver.replayed);
        }
    }

    /** Checks that records of a later epoch can be appended, and that later starts find everything. */
    private void checkGoesOn()
    {
        append(2 * EPOCH + 1, 2 * EPOCH + 10, LENGTH);
        restart();
        assertEquals(history, driver.replayed);
        append(3 * EPOCH + 1, 3 * EPOCH + 1, LENGTH);
        storage.crash();
        start();
        assertEquals(history, driver.replayed);
    }

    private void append(final long first, final long last, final int length)
    {
        appendAndForget(first, last, length);
        driver.awaitDurable(last);
    }

    private void appendAndForget(final long first, final long last, final int length)
    {
        for (long zxid = first; zxid <= last; zxid++)
        {
            driver.append(zxid, length);
            history.add(zxid);
        }
    }

    private void truncate(final long zxid)
    {
        driver.truncate(zxid);
        forget(zxid);
        assertEquals(zxid, driver.durableZxid);
    }

    private void forget(final long zxid)
    {
        history.removeIf(old -> old > zxid);
    }

    private void start()
    {
        storage.open();
        driver.start();
    }
}
