/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A learner's place at the port {@code SnapshotStore} while its leader sends it a snapshot file. A receipt may fail at
 * any time, and the port takes nothing more of it then: so each step ends when it is taken or when the receipt failed.
 */
public final class ReceiveDriver
{
    /** Lengths of pieces are powers of two modulo this, so that pieces end at all kinds of places. */
    private static final int STEP_PRIME = 65_537;

    private final Storage storage;
    private final StorageDriver driver;

    /**
     * Creates it.
     *
     * @param storage that receives.
     * @param driver  of the same storage, started; writes down what becomes of the receipt.
     */
    public ReceiveDriver(final Storage storage, final StorageDriver driver)
    {
        this.storage = storage;
        this.driver = driver;
    }

    /**
     * Hands over a snapshot file of another server, as far as it does not fail, and waits for what becomes of it.
     *
     * @param zxid   of its state.
     * @param length announced.
     * @param file   its bytes.
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
     * Hands over bytes of a snapshot file in pieces of uneven length, unless it fails meanwhile.
     *
     * @param bytes the next ones of the file.
     * @return false when it failed.
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

    /** Says that the file was handed over whole, unless it fails meanwhile. */
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
     * Waits for what becomes of a received snapshot.
     *
     * @param zxid of its state.
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
