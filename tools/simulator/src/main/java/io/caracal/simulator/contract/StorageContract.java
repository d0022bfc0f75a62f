/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of all adapters of a disk begin and end with: a storage over an empty disk, opened. */
public abstract class StorageContract
{
    /** Open when a test begins, and closed after it. */
    protected Storage storage;

    /** Drives {@link #storage}; not started. */
    protected StorageDriver driver;

    /**
     * Makes a storage over an empty disk, not opened yet.
     *
     * @return closed by the contract.
     */
    protected abstract Storage newStorage();

    @BeforeEach
    final void openStorage()
    {
        storage = newStorage();
        storage.open();
        driver = new StorageDriver(storage);
    }

    @AfterEach
    final void closeStorage()
    {
        storage.close();
    }
}
