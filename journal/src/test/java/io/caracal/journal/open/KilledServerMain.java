/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.nio.file.Path;

/** Appends endlessly and prints what became durable, until it is killed. */
public final class KilledServerMain
{
    private static final int LENGTH_MAX = 20_000;
    private static final int AHEAD_MAX = 200;
    private static final int SNAPSHOT_INTERVAL = 500;

    private KilledServerMain()
    {
    }

    public static void main(final String[] arguments)
    {
        final RealStorage storage = new RealStorage(Path.of(arguments[0]), context -> context);
        storage.open();
        final StorageDriver driver = new StorageDriver(storage);
        driver.start();
        System.out.println("replayed " + driver.replayEnd);

        long zxid = driver.replayEnd;
        long told = zxid;
        long snapshot = zxid;
        while (storage.failures.isEmpty())
        {
            if (zxid - driver.durableZxid < AHEAD_MAX && driver.tryAppend(zxid + 1, 1 + (int)(zxid * 7919 %
                LENGTH_MAX)))
            {
                zxid++;
            }

            driver.poll();
            if (driver.durableZxid > told)
            {
                told = driver.durableZxid;
                System.out.println("durable " + told);
            }

            if (told - snapshot > SNAPSHOT_INTERVAL)
            {
                snapshot = told;
                driver.snapshot(snapshot, 100);
                storage.journal().release(snapshot);
                storage.opened().purge(3);
            }
        }

        System.out.println("failed " + storage.failures.peek());
    }
}
