/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.CatchUpDriver;
import io.caracal.simulator.contract.StorageDriver;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** A server that begins with an empty log, writes, and is then asked for its history for the first time. */
public final class FirstReadMain
{
    static final String STARTED = "started";
    static final String READ = "read ";

    private static final int RECORDS = 50;
    private static final int LENGTH = 200;

    private FirstReadMain()
    {
    }

    public static void main(final String[] args)
    {
        final MutableDirectBuffer ofEveryEngine = new ExpandableArrayBuffer();
        final RealStorage storage = RealStorage.fresh();
        storage.open();
        final StorageDriver driver = new StorageDriver(storage);
        driver.start();
        ofEveryEngine.putLong(0, RECORDS);
        System.out.println(STARTED);
        System.out.flush();

        for (long zxid = 1; zxid <= RECORDS; zxid++)
        {
            driver.append(zxid, LENGTH);
        }
        driver.awaitDurable(RECORDS);
        final CatchUpDriver leader = new CatchUpDriver(storage, driver);
        storage.catchUp().openLog(1, 0, RECORDS);
        System.out.println(READ + leader.awaitEnd(1).zxids.size());
        storage.close();
    }
}
