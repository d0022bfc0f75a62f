/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.log.StoredLog;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class PurgedMeanwhileTest
{
    private static final int LAST = 200;

    private long lastRead;

    /**
     * A reader beside a running server looks again and continues. If it were damage, the reader would have to give up.
     */
    @Test
    void shouldTellWhatAServerRemovedFromDamage() throws IOException
    {
        final RealStorage storage = RealStorage.fresh();
        storage.open();
        final StorageDriver driver = new StorageDriver(storage);
        driver.start();
        for (int zxid = 1; zxid <= LAST; zxid++)
        {
            driver.append(zxid, 100_000);
        }

        driver.awaitDurable(LAST);
        try (StoredData data = StoredData.openBesideServer(storage.layout()))
        {
            for (int i = 3; i > 0; i--)
            {
                driver.snapshot(LAST - i, 5);
            }
            storage.journal().release(LAST);
            storage.purge(3);
            assertThrows(NoSuchFileException.class, () -> read(data, 0));

            data.refresh();
            read(data, data.log().snapshotZxid());
            assertEquals(LAST, lastRead);
        }
        finally
        {
            storage.close();
        }
    }

    private void read(final StoredData data, final long afterZxid) throws IOException
    {
        data.log().read(afterZxid, new ReplayHandler()
        {
            @Override
            public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer,
                final int offset, final int length)
            {
                lastRead = zxid;
            }

            @Override
            public void onReplayEnd(final long lastZxid)
            {
                // The records tell.
            }
        }, StoredLog.Sight.TO_THE_END);
    }
}
