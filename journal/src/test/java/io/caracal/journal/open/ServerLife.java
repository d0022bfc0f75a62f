/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.ReceiveDriver;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a server asks of its journal, done once, on a disk that may fail at any time: rotations, a
 * truncation, snapshots, a purge, a restart, the state of another server. Requests and reports are recorded, and a
 * later start is checked against them.
 */
final class ServerLife implements AutoCloseable
{
    /** Zxid of the snapshot that another server sends. */
    static final long RECEIVED = epoch(3) + 7;

    private static final long LATER = epoch(4);
    private static final int LENGTH = 150_000;
    private static final int SNAPSHOT_RECORDS = 3;

    final RealStorage storage;
    private final byte[] file;
    private final List<Long> history = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>(List.of(new Promise(List.of(), 0, 0, Promise.NO_CUT, false,
        0,
        0)));
    private StorageDriver driver;
    private long publishedZxid;
    private long cutZxid = Promise.NO_CUT;
    private boolean isReplacing;
    private long epochAsked;
    private long epochTold;
    private boolean isLivedThrough;

    /** The journal has failed, and so has the server. */
    private static final class Stopped extends RuntimeException
    {
        private static final long serialVersionUID = 1;
    }

    ServerLife(final byte[] fileOfAnother)
    {
        file = fileOfAnother;
        storage = RealStorage.fresh(context -> context.segmentLength(1 << 20).recordLengthMax(200_000));
    }

    private static long epoch(final long number)
    {
        return number << Integer.SIZE;
    }

    /** Runs the life to its end, or until the disk stops it. */
    void live()
    {
        storage.whileWaiting(this::stopWhenFailed);
        try
        {
            liveThroughAll();
            isLivedThrough = true;
        }
        catch (final Stopped | UncheckedIOException ofTheDisk)
        {
            // What it means for the next start is checked there.
        }
        storage.whileWaiting(() ->
        {
        });

        if (storage.opened() != null)
        {
            storage.opened().close();
        }
        promise();
        checkFailures();
    }

    private void liveThroughAll()
    {
        start();
        store(1);
        append(epoch(1) + 1, 6);
        snapshot(epoch(1) + 4);
        truncate(epoch(1) + 5);
        store(2);
        append(epoch(2) + 1, 4);
        snapshot(epoch(2) + 1);
        snapshot(epoch(2) + 2);
        snapshot(epoch(2) + 3);
        storage.journal().release(epoch(2) + 3);
        storage.purge(3);
        storage.opened().close();
        stopWhenFailed();

        start();
        append(epoch(2) + 5, 1);
        receive();
        append(epoch(3) + 8, 1);
    }

    private void stopWhenFailed()
    {
        if (!storage.failures.isEmpty())
        {
            throw new Stopped();
        }
    }

    private void start()
    {
        storage.open();
        driver = new StorageDriver(storage);
        driver.start();
    }

    private void store(final long epoch)
    {
        epochAsked = epoch;
        promise();
        assertTrue(storage.epochStore().store(epoch, 1, epoch));
        driver.await("epoch", () ->
        {
            driver.poll();
            return storage.epochStore().currentEpoch() == epoch;
        });
        epochTold = epoch;
        promise();
    }

    private void append(final long first, final int count)
    {
        for (long zxid = first; zxid < first + count; zxid++)
        {
            history.add(zxid);
            promise();
            driver.append(zxid, LENGTH);
            driver.awaitDurable(zxid);
            promise();
        }
    }

    /** Writes a snapshot. It may fail, and the server continues. */
    private void snapshot(final long zxid)
    {
        final int news = driver.snapshotNews.size();
        driver.beginSnapshot(zxid, SNAPSHOT_RECORDS);
        driver.await("end of a snapshot", () ->
        {
            driver.poll();
            return driver.snapshotNews.size() > news;
        });
        publishedZxid = driver.snapshotNews.get(news).startsWith("published") ? zxid : publishedZxid;
        promise();
    }

    private void truncate(final long zxid)
    {
        cutZxid = zxid;
        promise();
        driver.truncate(zxid);
        history.removeIf(other -> other > zxid);
        cutZxid = Promise.NO_CUT;
        promise();
    }

    private void receive()
    {
        isReplacing = true;
        promise();
        new ReceiveDriver(storage, driver).receive(RECEIVED, file.length, file);
        isReplacing = false;
        if (driver.snapshotNews.contains("received " + RECEIVED))
        {
            history.clear();
            publishedZxid = RECEIVED;
        }
        promise();
    }

    /** Whether the life reached its end. */
    boolean isLivedThrough()
    {
        return isLivedThrough;
    }

    /** Records what holds from now on. Called on the engine's thread. */
    private void promise()
    {
        final Promise next = new Promise(List.copyOf(history), driver == null ? 0 : driver.durableZxid, publishedZxid,
            cutZxid, isReplacing, epochAsked, epochTold);
        synchronized (promises)
        {
            promises.add(next);
        }
    }

    /** Returns the number of promises recorded so far, of which the last one holds. Called on any thread. */
    int promised()
    {
        synchronized (promises)
        {
            return promises.size();
        }
    }

    /** Checks that at most one failure was reported, and that it was one of the disk. */
    private void checkFailures()
    {
        assertTrue(storage.failures.size() <= 1, storage.failures::toString);
        storage.failures.forEach(ServerLife::checkOfTheDisk);
    }

    private static void checkOfTheDisk(final Throwable failure)
    {
        if (!(failure instanceof IOException || failure instanceof UncheckedIOException))
        {
            throw new AssertionError("not of the disk", failure);
        }
        for (final Throwable suppressed : failure.getSuppressed())
        {
            checkOfTheDisk(suppressed);
        }
    }

    /** Checks that a start finds everything that was reported, nothing except what was requested, and continues. */
    void checkNextStart()
    {
        storage.failures.clear();
        final StorageDriver next = checkStart(storage, promised(), promised());
        next.appendDurably(LATER, LENGTH);
        storage.shutDown();
    }

    /**
     * Checks that a start finds what one of several promises says. They are given by the counts of promises from the
     * first to the last one that may hold.
     */
    StorageDriver checkStart(final RealStorage found, final int first, final int last)
    {
        found.open();
        final StorageDriver next = new StorageDriver(found);
        next.start();
        final List<String> broken = new ArrayList<>();
        for (int i = first; i <= last; i++)
        {
            broken.add(promises.get(i - 1).brokenBy(next, found.epochStore().acceptedEpoch()));
        }
        assertTrue(broken.contains(null), broken::toString);

        return next;
    }

    @Override
    public void close()
    {
        storage.failures.clear();
        storage.close();
    }
}
