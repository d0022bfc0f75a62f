/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Gauge;
import io.caracal.engine.zab.election.Obstacle;
import io.caracal.server.http.Reply;
import io.caracal.server.words.ServerStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class HealthPageTest
{
    private static final ServerStatus.Syncing NOBODY = new ServerStatus.Syncing(0, 0, 0);

    @Test
    void shouldSayThatReadsGoOnOnlyWhereTheyDo() throws IOException
    {
        final Reply serving = HealthPage.readiness(status(true, "standalone"), behind(999), "");
        assertEquals(200, serving.status());
        assertTrue(text(serving).endsWith("[!] disk: no room for the log, writes are refused, reads go on\n"),
            text(serving));

        final Reply silent = HealthPage.readiness(status(false, "looking"), behind(2000), "");
        assertEquals(503, silent.status());
        assertTrue(text(silent).endsWith("[!] disk: no room for the log, writes are refused\n"), text(silent));
    }

    @Test
    void shouldSayHowFarAServerThatServesIsBehind() throws IOException
    {
        final Reply late = HealthPage.readiness(status(true, "follower"), behind(1000), "");
        assertEquals(200, late.status());
        assertTrue(text(late).contains("\n[!] applying: 1000 ms behind what is committed, "), text(late));
        for (final Reply other : List.of(HealthPage.readiness(status(true, "follower"), behind(999), ""),
            HealthPage.readiness(
                status(false, "looking"), behind(1000), "")))
        {
            assertFalse(text(other).contains("applying"), text(other));
        }
    }

    @Test
    void shouldSayThatZnodesHaveNoRoomInMemory() throws IOException
    {
        final Reply full = HealthPage.readiness(status(true, "leader"), gauge -> gauge == Gauge.TREE_FULL ? 1 : 0, "");
        assertEquals(200, full.status());
        assertTrue(text(full).contains("\n[!] memory: znodes take all that they may take "), text(full));
        assertFalse(text(HealthPage.readiness(status(true, "leader"), behind(0), "")).contains("memory"));
    }

    private static ToLongFunction<Gauge> behind(final long delayMs)
    {
        return gauge -> gauge == Gauge.APPLY_DELAY_MS ? delayMs : 0;
    }

    private static ServerStatus status(final boolean isServing, final String mode)
    {
        return new ServerStatus(isServing, mode, 5, 5, 0, 0, 0, 0, 0, 7, 6, 3, 0, 0, 0, 0, 0, 0, NOBODY, true, false,
            Obstacle.NONE, -1, -1, -1, 0);
    }

    private static String text(final Reply reply) throws IOException
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        reply.body().write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
