/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.testing.ChildProcess;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reads data where nothing can be written: on a failing disk that the system has made read-only, or in a copy on a
 * read-only medium. A child process makes the directory read-only in a mount namespace of its own.
 */
class ReadOnlyDirectoryTest
{
    private static final String MOUNT_AND_RUN =
        "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"";

    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);

    @BeforeEach
    void begin()
    {
        storage.open();
        driver.start();
        driver.await("epochs", () -> storage.epochStore().store(7, 1, 7));
        for (int zxid = 1; zxid <= 10; zxid++)
        {
            driver.append(zxid, 100);
        }

        driver.awaitDurable(10);
        driver.await("epochs", () ->
        {
            driver.poll();
            return !driver.epochNews.isEmpty();
        });
    }

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldReadWhatNobodyCanWrite() throws InterruptedException
    {
        storage.shutDown();
        assertEquals("alone, epoch 7, up to 10", whatAChildReads());
    }

    @Test
    void shouldReadACopyWithoutALock() throws InterruptedException, IOException
    {
        storage.shutDown();
        Files.delete(storage.layout().home().resolve("lock"));
        assertEquals("alone, epoch 7, up to 10", whatAChildReads());
    }

    @Test
    void shouldReadBesideAServerThatCannotWriteEither() throws InterruptedException
    {
        final String read = whatAChildReads();
        assertTrue(read.startsWith("beside a server, epoch 7, up to "), read);
    }

    @Test
    void shouldKeepServersOutAndLetOtherToolsIn() throws IOException, InterruptedException
    {
        storage.shutDown();
        try (StoredData data = StoredData.openAlone(storage.layout()))
        {
            assertFalse(data.isLive());
            assertThrows(DirectoryInUseException.class, storage::open);
            assertEquals("alone, epoch 7, up to 10", whatAChildReads());
        }

        storage.open();
    }

    private String whatAChildReads() throws InterruptedException
    {
        final String directory = storage.directory().toString();
        final List<String> launcher = List.of("unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT_AND_RUN,
            directory);
        try (ChildProcess child = new ChildProcess(launcher, ReadOnlyMain.class, directory))
        {
            return child.await("read ");
        }
    }
}
