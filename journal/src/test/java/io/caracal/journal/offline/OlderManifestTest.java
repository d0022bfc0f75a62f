/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.log.StoredLog;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files were copied one after the other while their server went on, the manifest first. */
class OlderManifestTest
{
    @TempDir
    private Path directory;

    private final RealStorage storage = RealStorage.fresh();

    /** What the manifest names is whole, so nothing else would show that the end of the history is missing. */
    @Test
    void shouldBeRefusedByAToolThatReadsToTheEnd() throws IOException
    {
        append(1);
        final Path manifest = storage.layout().manifest();
        final Path older = Files.copy(manifest, directory.resolve("older"));
        append(2);
        Files.copy(older, manifest, StandardCopyOption.REPLACE_EXISTING);

        try (StoredData data = StoredData.open(storage.layout()))
        {
            final String message = assertThrows(CorruptionException.class, () -> data.log().read(0,
                new StorageDriver(storage), StoredLog.Sight.TO_THE_END)).getMessage();
            assertTrue(message.startsWith(manifest + ", offset 0: does not name "), message);

            final StorageDriver former = new StorageDriver(storage);
            data.log().read(0, former, () -> former.replayed.isEmpty());
            assertEquals(1, former.replayed.size());
        }
        storage.close();
    }

    private void append(final long zxid)
    {
        final StorageDriver driver = new StorageDriver(storage);
        storage.open();
        driver.start();
        driver.appendDurably(zxid, 100);
        storage.shutDown();
    }
}
