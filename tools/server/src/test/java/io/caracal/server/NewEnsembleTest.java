/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What servers log while they wait for the last one of a new ensemble. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NewEnsembleTest
{
    private static final String READYZ = "/readyz";
    private static final int SIZE = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path dir;

    private final LaunchedServers servers = new LaunchedServers(SIZE);

    @AfterEach
    void close()
    {
        servers.close();
    }

    @Test
    void shouldSayWhomTheyWaitForAndWhatWouldHelp() throws Exception
    {
        final EnsemblePlan plan = EnsemblePlan.onFreePorts(SIZE, 0, dir);
        plan.prepare();
        servers.launch(plan, 0);
        Pages.await(servers.get(0).adminPort(), READYZ,
            "[-] election: no leader: the disk of this server holds no history");
        servers.launch(plan, 1);
        final String said = Pages.await(servers.get(1).adminPort(), READYZ, "(server 3)");
        assertTrue(said.contains("a file named initialize in its dataDir"), said);
        assertEquals(503, Pages.get(servers.get(1).adminPort(), READYZ).statusCode());

        servers.launch(plan, 2);
        assertTrue(servers.get(1).awaitServing(LIMIT));
        assertFalse(Pages.get(servers.get(1).adminPort(), READYZ).body().contains("election"));
        assertEquals(200, Pages.get(servers.get(1).adminPort(), READYZ).statusCode());
    }
}
