/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UploadLeftBehindTest
{
    @TempDir
    private Path directory;

    /**
     * The server was killed while it received a snapshot. Without this, nobody would ever remove what it had received.
     */
    @Test
    void shouldRemoveWhatAKilledServerWasSent() throws IOException
    {
        launchAndClose();
        final Path upload = directory.resolve("caracal-1/restore/upload");
        Files.createDirectories(upload.getParent());
        Files.write(upload, new byte[100_000]);

        launchAndClose();
        assertFalse(Files.exists(upload));
    }

    private void launchAndClose()
    {
        try (Server server = Server.launch(new ServerContext().dataDir(directory).clientPort(0)))
        {
            assertTrue(server.clientPort() > 0);
        }
    }
}
