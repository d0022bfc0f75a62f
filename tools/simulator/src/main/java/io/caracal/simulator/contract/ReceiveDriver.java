/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Uses the port {@code SnapshotStore} as a learner does whose leader sends it a snapshot file. Receiving may fail at
 * any time, and the port takes nothing more after that. So each step ends when it is accepted or when receiving has
 * failed.
 */
public final class ReceiveDriver
{
    /** The lengths of pieces are powers of two modulo this prime, so that pieces end at all kinds of places. */
    private static final int STEP_PRIME = 65_537;

    private final Storage storage;
    private final StorageDriver driver;

    /**
     * Creates a driver.
     *
     * @param storage that receives the snapshot.
     * @param driver  of the same storage, started; it records the outcome.
     */
    public ReceiveDriver(final Storage storage, final StorageDriver driver)
    {
        this.storage = storage;
        this.driver = driver;
    }

    /**
     * Sends the snapshot file of another server, unless that fails, and waits for the outcome.
     *
     * @param zxid   of the snapshot.
     * @param length that is announced.
     * @param file   bytes of the file.
     */
    public void receive(final long zxid, final long length, final byte[] file)
    {
        driver.await("begin of a received snapshot", () -> storage.snapshotStore().beginReceive(zxid, length));
        if (handOver(file))
        {
            end();
        }

        awaitNews(zxid);
    }

    /**
     * Sends bytes of a snapshot file, in pieces of uneven length, until receiving fails.
     *
     * @param bytes the next bytes of the file.
     * @return false when receiving failed.
     */
    public boolean handOver(final byte[] bytes)
    {
        final UnsafeBuffer source = new UnsafeBuffer(bytes);
        final int failures = driver.receiveFailures;
        int position = 0;
        int step = 1;
        while (position < bytes.length && failures == driver.receiveFailures)
        {
            final int from = position;
            final int count = Math.min(step, bytes.length - position);
            driver.await("bytes of a received snapshot", () ->
            {
                driver.poll();
                return failures < driver.receiveFailures || storage.snapshotStore().receive(source, from, count);
            });
            position += count;
            step = step * 2 % STEP_PRIME;
        }

        return failures == driver.receiveFailures;
    }

    /** Announces that the file is complete, unless receiving fails meanwhile. */
    public void end()
    {
        final int failures = driver.receiveFailures;
        driver.await("end of a received snapshot", () ->
        {
            driver.poll();
            return failures < driver.receiveFailures || storage.snapshotStore().endReceive();
        });
    }

    /**
     * Waits for the outcome of a received snapshot.
     *
     * @param zxid of the snapshot.
     */
    public void awaitNews(final long zxid)
    {
        driver.await("news of the received snapshot", () ->
        {
            driver.poll();
            return driver.snapshotNews.contains("received " + zxid) || driver.snapshotNews.contains("not received " +
                zxid);
        });
    }
}
