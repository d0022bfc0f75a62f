/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.JournalContext;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostLogDirectoryTest
{
    @TempDir
    private Path directory;

    /** A disk that was not mounted: what is written there now would be taken for all there ever was. */
    @Test
    void shouldRefuseALogDirectoryThatIsNotTheOneItWas()
    {
        final RealStorage storage = RealStorage.fresh(context -> context.dataLogDir(directory.resolve("log")));
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        storage.epochStore().store(1, 1, 1);
        driver.appendDurably(1, 100);
        driver.await("epochs", () ->
        {
            driver.poll();
            return !driver.epochNews.isEmpty();
        });
        storage.shutDown();

        final Path empty = directory.resolve("not-mounted");
        for (int attempt = 0; attempt < 2; attempt++)
        {
            final JournalContext elsewhere = storage.context().dataLogDir(empty);
            final CorruptionException refused = assertThrows(CorruptionException.class, () -> OpenJournal.open(
                elsewhere).close());
            final String message = refused.getMessage();
            assertTrue(message.startsWith(empty.resolve("caracal-1/manifest").toString()), message);
            assertTrue(message.contains(storage.layout().epochs().toString()), message);
            assertTrue(message.contains("dataLogDir"), message);
        }

        storage.open();
        driver.start();
        assertEquals(1, driver.replayEnd);
        storage.close();
    }
}
