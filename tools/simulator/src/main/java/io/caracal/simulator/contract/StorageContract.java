/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base of the tests for all adapters of a disk. It opens a storage over an empty disk, and closes it in the end. */
public abstract class StorageContract
{
    /** Opened before each test and closed after it. */
    protected Storage storage;

    /** Drives {@link #storage}; not yet started. */
    protected StorageDriver driver;

    /**
     * Creates a storage over an empty disk, which is not open yet.
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

    final void reopen()
    {
        storage.shutDown();
        storage.open();
    }

    /** Ends the server in an orderly way and starts it again. */
    final void restart()
    {
        reopen();
        driver.start();
    }

    /** Lets what is under way make progress. */
    final void rest()
    {
        for (int i = 0; i < 50; i++)
        {
            driver.poll();
            storage.pause();
        }
    }
}
