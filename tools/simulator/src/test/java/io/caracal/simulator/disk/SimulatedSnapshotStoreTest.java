/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.simulator.contract.SnapshotStoreContract;
import io.caracal.simulator.contract.Storage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedSnapshotStoreTest extends SnapshotStoreContract
{
    @Override
    protected Storage newStorage()
    {
        return new SimulatedStorage();
    }

    /** Otherwise damage after the check of a file would look like a bug of the server. */
    @Test
    void shouldLoadWhatItHasChecked()
    {
        driver.start();
        driver.append(1, 8);
        driver.awaitDurable(1);
        driver.snapshot(1, 200);
        storage.shutDown();
        storage.open();
        driver.load();
        final List<Long> written = List.copyOf(driver.loaded);

        storage.shutDown();
        storage.open();
        storage.snapshotStore().load(driver);
        storage.damageSnapshot(1);
        driver.load();
        assertEquals(1, driver.loadedZxid);
        assertEquals(written, driver.loaded);
    }
}
