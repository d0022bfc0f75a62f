/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.ServerRole;
import io.caracal.engine.port.Gauge;
import io.caracal.server.http.Reply;
import io.caracal.server.words.ServerStatus;
import io.caracal.server.words.StatusFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class HealthPageTest
{
    @Test
    void shouldSayThatReadsGoOnOnlyWhereTheyDo() throws IOException
    {
        final Reply serving = HealthPage.readiness(status(ServerRole.STANDALONE), behind(999), "");
        assertEquals(200, serving.status());
        assertTrue(text(serving).endsWith("[!] disk: no room for the log, writes are refused, reads go on\n"),
            text(serving));

        final Reply silent = HealthPage.readiness(status(ServerRole.LOOKING), behind(2000), "");
        assertEquals(503, silent.status());
        assertTrue(text(silent).endsWith("[!] disk: no room for the log, writes are refused\n"), text(silent));
    }

    @Test
    void shouldSayHowFarAServerThatServesIsBehind() throws IOException
    {
        final Reply late = HealthPage.readiness(status(ServerRole.FOLLOWING), behind(1000), "");
        assertEquals(200, late.status());
        assertTrue(text(late).contains("\n[!] applying: 1000 ms behind what is committed, "), text(late));
        for (final Reply other : List.of(HealthPage.readiness(status(ServerRole.FOLLOWING), behind(999), ""),
            HealthPage.readiness(
                status(ServerRole.LOOKING), behind(1000), "")))
        {
            assertFalse(text(other).contains("applying"), text(other));
        }
    }

    @Test
    void shouldSayThatZnodesHaveNoRoomInMemory() throws IOException
    {
        final Reply full =
            HealthPage.readiness(status(ServerRole.LEADING), gauge -> gauge == Gauge.TREE_FULL ? 1 : 0, "");
        assertEquals(200, full.status());
        assertTrue(text(full).contains("\n[!] memory: znodes take all that they may take "), text(full));
        assertFalse(text(HealthPage.readiness(status(ServerRole.LEADING), behind(0), "")).contains("memory"));
    }

    private static ToLongFunction<Gauge> behind(final long delayMs)
    {
        return gauge -> gauge == Gauge.APPLY_DELAY_MS ? delayMs : 0;
    }

    /** The status of a server without room on its disk. */
    private static ServerStatus status(final ServerRole role)
    {
        return StatusFixture.status(role, status -> status.writesRefused(BooleanType.T)
            .serving(role == ServerRole.LOOKING ? BooleanType.F : BooleanType.T));
    }

    private static String text(final Reply reply) throws IOException
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        reply.body().write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
