/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.launch.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator learns in several places that somebody removed files of a running server. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FilesMissingTest
{
    private static final String FIGURE = "zk_files_missing\t";

    @TempDir
    private Path dir;

    @Test
    void shouldTellOfFilesThatAreGoneUntilTheyAreBack() throws Exception
    {
        try (Server server = Server.launch(new ServerContext().dataDir(dir.resolve("data")).clientPort(0)
            .clientPortAddress("127.0.0.1").set("admin.serverPort", "0").set("4lw.commands.whitelist", "*")
            .set("metricsProvider.httpPort", "0").set("metricsProvider.httpHost", "127.0.0.1")))
        {
            assertFalse(Pages.get(server.adminPort(), "/readyz").body().contains("files"));
            assertTrue(Words.ask(server.clientPort(), "mntr").contains(FIGURE + "0\n"));

            final Path snapshots = dir.resolve("data").resolve(DataDirectory.OWN).resolve("snapshots");
            final Path aside = dir.resolve("aside");
            Files.move(snapshots, aside);
            Pages.await(server.adminPort(), "/readyz", "[!] files: " + snapshots + " was removed or replaced");
            assertEquals(200, Pages.get(server.adminPort(), "/readyz").statusCode(), "clients are served");
            assertTrue(Pages.get(server.adminPort(), "/api/overview").body().contains("\"missingFile\" : \"" +
                snapshots + "\""));
            assertTrue(Words.ask(server.clientPort(), "mntr").contains(FIGURE + "1\n"));
            assertTrue(Pages.get(server.metricsPort(), "/metrics").body().contains("\nfiles_missing 1.0\n"));

            Files.move(aside, snapshots);
            Pages.await(server.adminPort(), "/api/overview", "\"missingFile\" : \"\"");
            assertFalse(Pages.get(server.adminPort(), "/readyz").body().contains("files"));
            assertTrue(Words.ask(server.clientPort(), "mntr").contains(FIGURE + "0\n"));
        }
    }
}
