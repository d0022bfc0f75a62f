/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that every adapter of the port {@code EpochStore} must pass. */
public abstract class EpochStoreContract extends StorageContract
{
    @Test
    void shouldBeginWithZeros()
    {
        assertEpochs(0, 0, 0);
    }

    @Test
    void shouldTellWhenEpochsAreDurable()
    {
        store(3, 2, 1);

        assertEquals(List.of("3 2 1"), driver.epochNews);
        assertEpochs(3, 2, 1);
    }

    @Test
    void shouldShowOldValuesUntilTheNewOnesAreDurable()
    {
        storage.holdForces();
        assertTrue(storage.epochStore().store(3, 2, 1));
        for (int i = 0; i < 20; i++)
        {
            storage.epochStore().poll(driver);
            storage.pause();
        }

        assertEpochs(0, 0, 0);
        assertEquals(List.of(), driver.epochNews);
        storage.releaseForces();
        awaitNews(1);
        assertEpochs(3, 2, 1);
    }

    @Test
    void shouldRefuseASecondRequestWhileOneIsUnderWay()
    {
        storage.holdForces();
        assertTrue(storage.epochStore().store(1, 1, 0));
        assertFalse(storage.epochStore().store(2, 1, 0));
        storage.releaseForces();
        awaitNews(1);
        assertTrue(storage.epochStore().store(2, 1, 1));
        awaitNews(2);
        assertEpochs(2, 1, 1);
    }

    @Test
    void shouldSurviveAReopen()
    {
        for (int i = 1; i <= 5; i++)
        {
            store(i + 1, 7, i);
            storage.shutDown();
            storage.open();
            assertEpochs(i + 1, 7, i);
        }
    }

    @Test
    void shouldStopAtAnEpochThatGoesBack()
    {
        store(5, 1, 3);

        assertThrows(BrokenInvariantException.class, () -> storage.epochStore().store(4, 1, 3));
        assertThrows(BrokenInvariantException.class, () -> storage.epochStore().store(5, 1, 2));
        assertThrows(BrokenInvariantException.class, () -> storage.epochStore().store(5, 1, 6));
        store(5, 1, 5);
    }

    @Test
    void shouldStoreOnAFullDisk()
    {
        store(1, 1, 1);
        storage.fillDisk();
        store(2, 1, 2);
        assertEpochs(2, 1, 2);
    }

    private void store(final long acceptedEpoch, final long acceptedLeader, final long currentEpoch)
    {
        final int before = driver.epochNews.size();
        assertTrue(storage.epochStore().store(acceptedEpoch, acceptedLeader, currentEpoch));
        awaitNews(before + 1);
    }

    private void awaitNews(final int count)
    {
        driver.await("durable epochs", () ->
        {
            storage.epochStore().poll(driver);
            return driver.epochNews.size() >= count;
        });
    }

    private void assertEpochs(final long acceptedEpoch, final long acceptedLeader, final long currentEpoch)
    {
        assertEquals(acceptedEpoch, storage.epochStore().acceptedEpoch());
        assertEquals(acceptedLeader, storage.epochStore().acceptedLeader());
        assertEquals(currentEpoch, storage.epochStore().currentEpoch());
    }
}
