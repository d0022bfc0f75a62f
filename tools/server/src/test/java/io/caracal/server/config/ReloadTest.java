/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ReloadTest
{
    @Test
    void shouldPutEachKeyInOneList()
    {
        final Settings running = settings("maxClientCnxns=5", "tickTime=2000", "snapCount=10", "mxCnxns=1");
        final Settings fresh = settings("maxClientCnxns=7", "tickTime=3000", "snapCount=10", "slowRequestMs=1");

        final Reload reload = Reload.between(running, fresh);

        assertEquals(List.of(new Reload.Change("maxClientCnxns", "5", "7"), new Reload.Change("slowRequestMs", "1000",
            "1")), reload.takenOver());
        assertEquals(List.of(new Reload.Change("tickTime", "2000", "3000")), reload.needsRestart());
        assertEquals(List.of("mxCnxns", "snapCount"), reload.unchanged());
        assertEquals("maxClientCnxns 5 -> 7", reload.takenOver().get(0).toString());
    }

    @Test
    void shouldCountInWords()
    {
        assertEquals("0 keys taken over, 1 needs a restart, unchanged: none",
            Reload.between(settings(), settings("tickTime=3001")).summary());
        assertEquals("1 key taken over, 2 need a restart, unchanged: dataDir", Reload.between(settings("dataDir=/x"),
            settings("dataDir=/x", "maxCnxns=1", "jute.maxbuffer=5000", "tickTime=3001")).summary());
    }

    @Test
    void shouldFallBackToTheDefaultOfAKeyThatIsGone()
    {
        final Reload reload = Reload.between(settings("maxCnxns=9", "dataLogDir=/x"), settings());

        assertEquals(List.of(new Reload.Change("maxCnxns", "9", "0")), reload.takenOver());
        assertEquals("dataLogDir /x -> (not set)", reload.needsRestart().get(0).toString());
    }

    @Test
    void shouldTellAServerThatNeedsARestart()
    {
        final Reload reload = Reload.between(settings("server.1=a:1:2"), settings("server.1=b:1:2", "server.2=c:1:2"));

        assertEquals(List.of("server.1 a:1:2 -> b:1:2", "server.2 (not set) -> c:1:2"), reload.needsRestart().stream()
            .map(Reload.Change::toString).toList());
    }

    @Test
    void shouldNotTellSecrets()
    {
        final String key = "DigestAuthenticationProvider.superDigest";
        final Reload reload = Reload.between(settings(key + "=super:a"), settings(key + "=super:b"));

        assertEquals(key + " *** -> ***", reload.needsRestart().get(0).toString());
    }

    @Test
    void shouldKeepWhatNeedsARestart()
    {
        final Settings merged = settings("maxCnxns=9", "tickTime=2000").takingOver(settings("maxCnxns=8",
            "tickTime=3000"));

        assertEquals(8, merged.integer(ServerProperty.MAX_CNXNS));
        assertEquals(2000, merged.integer(ServerProperty.TICK_TIME));
        assertEquals(1, Reload.between(merged, settings("maxCnxns=8", "tickTime=3000")).needsRestart().size(),
            "it is told again until the restart");
    }

    @Test
    void shouldNotGrantLessThanTheShortestTimeoutThatNeedsARestart()
    {
        final Settings running = settings("minSessionTimeout=4000");
        final Settings fresh = settings("minSessionTimeout=500", "maxSessionTimeout=1000", "maxCnxns=8");

        final Settings merged = running.takingOver(fresh);
        final Reload reload = Reload.between(running, fresh);

        assertEquals(60_000, merged.maxSessionTimeoutMs());
        assertEquals(8, merged.integer(ServerProperty.MAX_CNXNS));
        assertEquals("[maxSessionTimeout -1 -> 1000, minSessionTimeout 4000 -> 500]", reload.needsRestart().toString());
        assertEquals("[maxCnxns 0 -> 8]", reload.takenOver().toString());
    }

    @Test
    void shouldReloadOnlyWhatIsHonoured()
    {
        assertTrue(Arrays.stream(ServerProperty.values()).filter(ServerProperty::isReloadable)
            .allMatch(property -> property.known().reaction() == Reaction.HONOURED));
        assertEquals(28, Arrays.stream(ServerProperty.values()).filter(ServerProperty::isReloadable).count());
        assertFalse(ServerProperty.JUTE_MAX_BUFFER.isReloadable(), "must be the same on all servers");
    }

    private static Settings settings(final String... lines)
    {
        return Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg", String.join("\n", lines)), new Properties());
    }
}
