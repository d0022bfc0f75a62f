/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.Finding.Severity.INFO;
import static io.caracal.server.config.Finding.Severity.REFUSE;
import static io.caracal.server.config.Finding.Severity.WARN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest
{
    private final Properties systemProperties = new Properties();

    @Test
    void shouldLetTheNearestPlaceWin()
    {
        systemProperties.setProperty("zookeeper.tickTime", "1");
        systemProperties.setProperty("zookeeper.snapCount", "11");
        systemProperties.setProperty("zookeeper.maxCnxns", "21");
        final ZooCfg file = ZooCfg.parse("zoo.cfg", "tickTime=2\nsnapCount=12\n");
        final CfgLine argument = new CfgLine("tickTime", "3", "argument tickTime=3", Origin.ARGUMENT);
        final Settings settings = Settings.resolve(List.of(argument), file, systemProperties);

        assertEquals(3, settings.integer(ServerProperty.TICK_TIME));
        assertEquals(12, settings.integer(ServerProperty.SNAP_COUNT));
        assertEquals(21, settings.integer(ServerProperty.MAX_CNXNS));
        assertEquals(60, settings.integer(ServerProperty.MAX_CLIENT_CNXNS));
        assertEquals(Origin.ARGUMENT, settings.origin(ServerProperty.TICK_TIME));
        assertEquals(Origin.FILE, settings.origin(ServerProperty.SNAP_COUNT));
        assertEquals(Origin.SYSTEM_PROPERTY, settings.origin(ServerProperty.MAX_CNXNS));
        assertEquals(Origin.DEFAULT, settings.origin(ServerProperty.MAX_CLIENT_CNXNS));
    }

    @Test
    void shouldReadSomePropertiesWithoutPrefix()
    {
        systemProperties.setProperty("jute.maxbuffer", "4000000");
        systemProperties.setProperty("znode.container.maxPerMinute", "5");
        systemProperties.setProperty("tickTime", "1");
        final Settings settings = Settings.resolve(List.of(), null, systemProperties);

        assertEquals(4_000_000, settings.integer(ServerProperty.JUTE_MAX_BUFFER));
        assertEquals(5, settings.integer(ServerProperty.CONTAINER_PER_MINUTE));
        assertEquals(3000, settings.integer(ServerProperty.TICK_TIME));
    }

    /** ZooKeeper's guide writes the default of jute.maxbuffer this way. A port must be readable for scripts as well. */
    @Test
    void shouldReadHexadecimalNumbers()
    {
        systemProperties.setProperty("jute.maxbuffer", "0x9fffff");
        final Settings settings = Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg",
            "dataDir=/d\nsnapSizeLimitInKb=0X10\nsnapCount=0100\n"), systemProperties);
        assertEquals(0x9fffff, settings.integer(ServerProperty.JUTE_MAX_BUFFER));
        assertEquals(16, settings.number(ServerProperty.SNAP_SIZE_LIMIT));
        assertEquals(100, settings.integer(ServerProperty.SNAP_COUNT));

        systemProperties.clear();
        for (final String wrong : List.of("clientPort=0x885", "jute.maxbuffer=0x", "jute.maxbuffer=0x100000000"))
        {
            final Finding refused = of(wrong + "\n").findings().get(0);
            assertTrue(refused.toString().contains(wrong + " is not a whole number from "), refused::toString);
        }
    }

    @Test
    void shouldDeriveSessionTimeoutsFromTheTick()
    {
        final Settings settings = of("tickTime=500\nmaxSessionTimeout=3000\n");

        assertEquals(1000, settings.minSessionTimeoutMs());
        assertEquals(3000, settings.maxSessionTimeoutMs());
    }

    @ParameterizedTest
    @ValueSource(strings = { "secureClientPort=2281", "ssl.keyStore.location=/k", "sslQuorum=true",
        "portUnification=true",
        "quorum.auth.enableSasl=true", "authProvider.1=org.example.Own", "sessionRequireClientSASLAuth=true",
        "enforce.auth.enabled=true", "enforce.auth.enabled=true\nenforce.auth.schemes=sasl,digest",
        "ssl.quorum.trustStore.location=/t", "weight.1=2", "group.1=1:2", "oraclePath=/o",
        "client.portUnification=true" })
    void shouldRefuseWhatIsUnsafeToIgnore(final String text)
    {
        final Settings settings = of(text);

        assertEquals(REFUSE, settings.findings().get(0).severity());
        final ConfigException failure = assertThrows(ConfigException.class, settings::requireStartable);
        assertTrue(failure.getMessage().startsWith("zoo.cfg:"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = { "sslQuorum=false", "admin.enableServer=false", "quorum.auth.enableSasl=false",
        "weight.1=1", "reconfigEnabled=false",
        "server.1=a:1:2", "4lw.commands.whitelist=*", "tickTime=2000" })
    void shouldStaySilentAboutWhatAsksForNothingSpecial(final String text)
    {
        assertEquals(List.of(), of(text).findings());
    }

    @ParameterizedTest
    @ValueSource(strings = { "reconfigEnabled=true", "localSessionsEnabled=true", "readonlymode.enabled=true",
        "observerMasterPort=2191", "multiAddress.enabled=true", "snapshot.compression.method=gz" })
    void shouldWarnOfWhatIsNotAvailableYet(final String text)
    {
        final Settings settings = of(text);

        assertEquals(WARN, settings.findings().get(0).severity());
        assertTrue(settings.findings().get(0).toString().startsWith("zoo.cfg:1: "));
        settings.requireStartable();
    }

    @ParameterizedTest
    @ValueSource(strings = { "electionAlg=3", "netty.advancedFlowControl.enabled=true", "nio.numWorkerThreads=8",
        "netty.anything=1", "commitProcessor.numWorkerThreads=4" })
    void shouldInformOfWhatIsNotNeeded(final String text)
    {
        final List<Finding> findings = of(text).findings();

        assertEquals(1, findings.size());
        assertEquals(INFO, findings.get(0).severity());
    }

    @ParameterizedTest
    @ValueSource(strings = { "emulate353TTLNodes=true", "enforce.auth.schemes=digest", "largeRequestMaxBytes=5",
        "connection_throttle_fill_count=2", "connection_throttle_tokens=1\nconnection_throttle_drop_increase=0.5",
        "connection_throttle_tokens=1\nconnection_throttle_renew_session_weight=1", "autopurge.snapRetainCount=5",
        "metricsProvider.httpHost=a", "standaloneEnabled=false", "peerType=observer", "peerTimeoutMs=5",
        "metricsProvider.className=org.example.Own" })
    void shouldWarnOfAKeyThatNeedsAnother(final String text)
    {
        final Finding finding = of(text).findings().get(0);

        assertEquals(WARN, finding.severity());
        assertTrue(finding.message().contains(" has no effect: "), finding.message());
    }

    @Test
    void shouldOnlyMentionAKeyWhoseFeatureIsSwitchedOff()
    {
        final List<Finding> findings = of("admin.enableServer=false\nadmin.serverPort=8081\n").findings();

        assertEquals("[zoo.cfg:2: admin.serverPort has no effect: it needs admin.enableServer=true]",
            findings.toString());
        assertEquals(INFO, findings.get(0).severity());
    }

    @ParameterizedTest
    @ValueSource(strings = { "emulate353TTLNodes=true\nextendedTypesEnabled=true", "metricsProvider.httpPort=7001",
        "emulate353TTLNodes=false", "autopurge.snapRetainCount=5\nautopurge.purgeInterval=1",
        "connection_throttle_tokens=1\nconnection_throttle_freeze_time=0\nconnection_throttle_drop_increase=0.5",
        "metricsProvider.className=org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider" })
    void shouldStaySilentAboutAKeyThatHasWhatItNeeds(final String text)
    {
        assertEquals(List.of(), of(text).findings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "enforce.auth.enabled=true;enforce.auth.schemes=digest;DigestAuthenticationProvider.enabled=false" +
            " | nobody could authenticate",
        "DigestAuthenticationProvider.digestAlg=SHA42 | is no hash that this JVM has",
        "DigestAuthenticationProvider.superDigest=super:secret | and not the password",
        "DigestAuthenticationProvider.superDigest=secret | and not the password",
        "4lw.commands.whitelist=ruok mntr | write commas between words",
        "admin.commandURL=commands | begins with a slash", "admin.commandURL=/ | begins with a slash",
        "admin.commandURL= | begins with a slash", "admin.commandURL=//a | begins with a slash",
        "admin.commandURL=/a?b | begins with a slash", "admin.commandURL=/a b | begins with a slash",
        "admin.commandURL=/livez | the path of another page", "admin.commandURL=/readyz | the path of another page",
        "admin.commandURL=/api/znode | the path of another page",
        "dataDir=\"/var/lib/caracal\" | the quotes are part of it",
        "dataDir=/var/lib/caracal # on the fast disk | the comment is part of the path",
        "tickTime=2000 # ms | a comment needs a line of its own" })
    void shouldSayWhatIsWrongWithAValue(final String text, final String reason)
    {
        final Finding finding = of(text.replace(';', '\n')).findings().get(0);

        assertTrue(finding.message().contains(reason), finding.message());
        assertFalse(finding.message().contains("secret"), finding.message());
    }

    @ParameterizedTest
    @ValueSource(strings = { "DigestAuthenticationProvider.superDigest=super:lK75jTNcA+U9vtVEw5vB51mj/w4=",
        "DigestAuthenticationProvider.superDigest=", "4lw.commands.whitelist=ruok, mntr", "admin.commandURL=/a/b",
        "DigestAuthenticationProvider.digestAlg=SHA-256" })
    void shouldTakeValuesThatAreRight(final String text)
    {
        assertEquals(List.of(), of(text).findings());
    }

    @Test
    void shouldNameLineAndNearestKeyOfAnUnknownOne()
    {
        final Finding finding = of("dataDir=/data\n\ntickTme=2000\n").findings().get(0);

        assertEquals(WARN, finding.severity());
        assertEquals("zoo.cfg:3: unknown key tickTme; the nearest known key is tickTime", finding.toString());
    }

    @Test
    void shouldNotGuessAtAKeyThatIsLikeNone()
    {
        final Finding finding = of("my.own.settings=1\n").findings().get(0);

        assertTrue(finding.message().endsWith("; caracal config --explain lists all"), finding.message());
    }

    @Test
    void shouldTellWhatItFindsInTheOrderOfTheFile()
    {
        final List<String> places = of("zzz=1\nreconfigEnabled=true\naaa=1\nelectionAlg=3\nmmm=1\n").findings().stream()
            .map(Finding::where).toList();

        assertEquals(List.of("zoo.cfg:1", "zoo.cfg:2", "zoo.cfg:3", "zoo.cfg:5", "zoo.cfg:4"), places);
    }

    @Test
    void shouldSayThatAValueIsEmpty()
    {
        final Finding finding = of("dataDir=\n").findings().get(0);

        assertTrue(finding.message().startsWith("dataDir= is empty; it must be some text"), finding.message());
    }

    @Test
    void shouldSayThatAFileNeedsNoPrefix()
    {
        final Finding finding = of("zookeeper.snapCount=5\n").findings().get(0);

        assertTrue(finding.message().contains("without \"zookeeper.\": snapCount"), finding.message());
    }

    @ParameterizedTest
    @ValueSource(strings = { "tickTime=abc", "tickTime=0", "clientPort=70000", "forceSync=maybe", "standaloneEnabled=1",
        "server.1=a:1", "server.1=a:1:2:leader", "server.1=a:1:70000", "server.1=a:1:2;99999",
        "minSessionTimeout=9000\nmaxSessionTimeout=8000", "minSessionTimeout=0", "maxSessionTimeout=0",
        "tickTime=2000000000", "connection_throttle_drop_increase=2", "clientPort=" })
    void shouldRefuseBadValuesWithFileAndLine(final String text)
    {
        final ConfigException failure = assertThrows(ConfigException.class, of(text)::requireStartable);

        assertTrue(failure.getMessage().matches("(?s)(zoo.cfg:\\d+|default): .*"), failure.getMessage());
    }

    /** ZooKeeper starts with these as well. */
    @ParameterizedTest
    @CsvSource({ "snapCount=1, fewer than 2 transactions", "autopurge.snapRetainCount=2, fewer than 3 snapshots" })
    void shouldWarnOfNumbersThatAreRaised(final String text, final String advice)
    {
        final Settings settings = of(text + "\n");
        settings.requireStartable();

        assertTrue(settings.findings().stream().anyMatch(finding -> finding.message().contains(advice)),
            () -> settings.findings().toString());
    }

    @Test
    void shouldWarnOfDoubles()
    {
        final Settings settings = of("tickTime=1\ntickTime=2\n");

        assertEquals(2, settings.integer(ServerProperty.TICK_TIME));
        assertEquals("zoo.cfg:2: tickTime is set a second time; this value wins over zoo.cfg:1",
            settings.findings().get(0).toString());
    }

    @Test
    void shouldListServersByNumber()
    {
        final Settings settings = of("server.12=c:1:2\nserver.3=a:1:2\n");

        assertEquals(List.of(3L, 12L), List.copyOf(settings.numbered(ServerProperty.SERVERS).keySet()));
    }

    @Test
    void shouldFindTheClientPort()
    {
        final Settings inLine = of("server.1=[::1]:1:2:participant;[::1]:2182\n");

        assertEquals(2182, inLine.clientPort(own(inLine)));
        assertEquals("::1", inLine.clientAddress(own(inLine)));
        final Settings both = of("clientPort=2183\nserver.1=a:1:2;2182\n");
        assertEquals(2183, both.clientPort(own(both)));
        final Settings none = of("server.1=a:1:2\n");
        assertEquals(2181, none.clientPort(own(none)));
        assertEquals(2181, of("").clientPort(null));
    }

    @Test
    void shouldKeepSecretsOutOfMessages()
    {
        final String secret = "open-sesame";
        final String found = of("ssl.keyStore.password=" + secret + "\n").findings().toString();

        assertFalse(found.contains(secret), found);
        assertTrue(found.contains("ssl.keyStore.password"), found);
    }

    private static ServerLine own(final Settings settings)
    {
        return Membership.of(settings).server(1);
    }

    private Settings of(final String text)
    {
        return Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg", text), systemProperties);
    }
}
