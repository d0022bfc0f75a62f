/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What servers say that wait for the last one of a new ensemble. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NewEnsembleTest
{
    private static final int SIZE = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long POLL_NS = 20_000_000;

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Server[] servers = new Server[SIZE];

    @AfterEach
    void close()
    {
        CloseHelper.closeAll(servers);
    }

    private void launch(final EnsemblePlan plan, final int index)
    {
        servers[index] = Server.launch(plan.context(plan.members().get(index)).set("admin.serverPort", "0"));
    }

    private HttpResponse<String> readiness(final Server server) throws Exception
    {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + "/readyz"))
            .timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String awaitElection(final Server server, final String line) throws Exception
    {
        final long beginNs = System.nanoTime();
        String body = readiness(server).body();
        while (!body.contains(line))
        {
            assertTrue(System.nanoTime() - beginNs < LIMIT.toNanos(), body);
            LockSupport.parkNanos(POLL_NS);
            body = readiness(server).body();
        }

        return body;
    }

    @Test
    void shouldSayWhomTheyWaitForAndWhatWouldHelp() throws Exception
    {
        final EnsemblePlan plan = EnsemblePlan.onFreePorts(SIZE, 0, dir);
        plan.prepare();
        launch(plan, 0);
        awaitElection(servers[0], "[-] election: no leader: the disk of this server holds no history");
        launch(plan, 1);
        final String said = awaitElection(servers[1], "(server 3)");
        assertTrue(said.contains("a file named initialize in its dataDir"), said);
        assertEquals(503, readiness(servers[1]).statusCode());

        launch(plan, 2);
        assertTrue(servers[1].awaitServing(LIMIT));
        assertFalse(readiness(servers[1]).body().contains("election"));
        assertEquals(200, readiness(servers[1]).statusCode());
    }
}
