/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.Finding.Severity.REFUSE;
import static io.caracal.server.config.Finding.Severity.WARN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipTest
{
    private static final String THREE = "server.1=a:1:2\nserver.2=b:1:2\nserver.3=c:1:2\n";

    @TempDir
    private Path dir;

    @Test
    void shouldTellVotersFromObservers()
    {
        final Membership members = Membership.of(of(THREE + "server.10=d:1:2:observer\n"));

        assertTrue(members.isEnsemble());
        assertArrayEquals(new long[]{ 1, 2, 3 }, members.voters());
        assertArrayEquals(new long[]{ 10 }, members.observers());
        assertEquals("b", members.server(2).host());
    }

    @Test
    void shouldWriteTheTextOfTheConfigurationAsZooKeeperDoes()
    {
        final Settings settings = of("server.10=[::1]:1:2:observer;[::1]:3\nserver.9=h:1:2;3\nserver.1=h:3:4\n");

        assertEquals("""
            server.1=h:3:4:participant
            server.9=h:1:2:participant;0.0.0.0:3
            server.10=[::1]:1:2:observer;[::1]:3
            """, Membership.of(settings).text());
    }

    @Test
    void shouldReadRolesAsZooKeeperDoes()
    {
        final Membership members = Membership.of(of(THREE + """
            server.4=d:1:2:Observer
            server.5=e:1:2: OBSERVER ;3
            server.6=f:1:2:PARTICIPANT
            """));

        assertArrayEquals(new long[]{ 1, 2, 3, 6 }, members.voters());
        assertArrayEquals(new long[]{ 4, 5 }, members.observers());
        assertEquals(3, members.server(5).clientPort());
    }

    @ParameterizedTest
    @CsvSource({ "h:1:2:, h:1:2:participant", "h:1:2::, h:1:2:participant", "h:1:2;, h:1:2:participant",
        "h:1:2:observer:, h:1:2:observer", "h:1:2:participant;, h:1:2:participant",
        "h:1:2:;3, h:1:2:participant;0.0.0.0:3", "h:1:2;3;, h:1:2:participant;0.0.0.0:3",
        "h:1:2;a:3:, h:1:2:participant;a:3" })
    void shouldPassOverEmptyPartsAtTheEndAsZooKeeperDoes(final String text, final String read)
    {
        assertEquals("server.1=" + read, ServerLine.parse(1, text).text());
    }

    /** ZooKeeper accepts some of these, and then does not find the host. */
    @ParameterizedTest
    @ValueSource(strings = { "h:1", "h::1:2", "h:1:2;:", "h:1:2;:3", "h:1:2;3;4", "h:1:2;3 ", "h :1:2", "h:1:2; a:3",
        "h:1:2;a b:3", "h:1:2:participant:observer", "h:0:2", "h:1:65536", "h:1:2;65536" })
    void shouldRefuseWhatIsNoServer(final String text)
    {
        assertNull(ServerLine.parse(1, text));
    }

    /** Of two lines only one would count, and this server would begin a history of its own. */
    @ParameterizedTest
    @ValueSource(strings = { "server.x", "server.", "server.1.2", "server.-1", "server.l", "Server.2", "server2",
        "sever.2", "servers.2", "server" })
    void shouldRefuseALineWhoseServerHasNoNumber(final String key)
    {
        final Finding refused = of("server.1=a:1:2\n" + key + "=b:1:2\n").findings().get(0);
        assertEquals(REFUSE, refused.severity());
        assertTrue(refused.toString().contains(key + " names no server; write server.N=host"), refused::toString);
    }

    /** A blank ends a key. */
    @Test
    void shouldRefuseALineWithABlankInItsKey()
    {
        final Finding refused = of("server.1=a:1:2\nserver .2=b:1:2\n").findings().get(0);
        assertEquals(REFUSE, refused.severity());
    }

    @Test
    void shouldOnlyWarnOfAnUnknownKeyThatIsNotMeantAsAServer()
    {
        for (final String line : List.of("sever.2=yes", "my.own.address=b:1:2"))
        {
            assertEquals(WARN, of("server.1=a:1:2\n" + line + "\n").findings().get(0).severity(), line);
        }
    }

    @Test
    void shouldSayThatAServerHasOneAddress()
    {
        final ConfigException failure =
            assertThrows(ConfigException.class, of("server.1=a:1:2|b:1:2\n")::requireStartable);

        assertTrue(failure.getMessage().contains("several addresses of one server are not available yet"),
            failure.getMessage());
    }

    @Test
    void shouldTakeOneLineForASingleServerUnlessToldOtherwise()
    {
        assertFalse(Membership.of(of("")).isEnsemble());
        assertFalse(Membership.of(of("server.1=a:1:2\n")).isEnsemble());
        assertTrue(Membership.of(of("server.1=a:1:2\nstandaloneEnabled=false\n")).isEnsemble());
        of("server.1=a:1:2\nserver.2=b:1:2:observer\nstandaloneEnabled=false\n").requireStartable();
    }

    @ParameterizedTest
    @ValueSource(strings = { "server.1=a:1:2\nserver.1=b:1:2", "server.1=a:1:2\nserver.01=b:1:2", "server.0=a:1:2",
        "server.256=a:1:2", "server.255=a:1:2\nextendedTypesEnabled=true",
        "server.128=a:1:2\nextendedTypesEnabled=true\nemulate353TTLNodes=true", "server.1=a:1:2\nserver.2=a:1:3",
        "server.1=a:1:2\nserver.2=a:3:2", "server.1=a:1:2;a:2", "server.1=a:1:2:observer\nserver.2=b:1:2:observer",
        "server.1=a:1:2\nserver.2=b:1:2:observer" })
    void shouldRefuseMembersThatCannotBe(final String text)
    {
        final ConfigException failure = assertThrows(ConfigException.class, of(text)::requireStartable);

        assertTrue(failure.getMessage().startsWith("zoo.cfg:"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = { "server.255=a:1:2", "server.254=a:1:2\nextendedTypesEnabled=true",
        "server.127=a:1:2\nextendedTypesEnabled=true\nemulate353TTLNodes=true" })
    void shouldTakeTheServerIdsThatZooKeeperTakes(final String text)
    {
        of(text).requireStartable();
    }

    @ParameterizedTest
    @CsvSource({ "2, only when both live", "4, an odd number is better" })
    void shouldWarnOfEvenNumbers(final int count, final String words)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++)
        {
            text.append("server.").append(i).append("=h").append(i).append(":1:2\n");
        }

        final List<Finding> findings = of(text.toString()).findings();
        assertEquals(1, findings.size());
        assertEquals(WARN, findings.get(0).severity());
        assertTrue(findings.get(0).message().contains(words), findings.get(0).message());
    }

    @ParameterizedTest
    @CsvSource({ "2000, 5, 100, 1000", "3000, 5, 100, 1000", "500, 5, 30, 302", "2000, 1, 100, 1000",
        "200, 1, 12, 120" })
    void shouldFindSilenceBeforeASessionCanExpire(final int tick, final int sync, final int heartbeat,
        final int timeout)
    {
        final Settings settings = of(THREE + "tickTime=" + tick + "\nsyncLimit=" + sync + "\n");
        final PeerTimes times = PeerTimes.of(settings);

        assertTrue(3 * (times.heartbeatMs() + times.timeoutMaxMs()) < settings.minSessionTimeoutMs());
        assertTrue(times.heartbeatMs() + times.timeoutMs() < sync * tick);
        assertEquals(heartbeat, times.heartbeatMs());
        assertEquals(timeout, times.timeoutMs());
        assertEquals(times.boundMs() - 1, times.heartbeatMs() + times.timeoutMaxMs(), "after false alarms");
        assertEquals(timeout != 1000, settings.findings().stream()
            .anyMatch(finding -> finding.severity() == WARN && finding.message().contains("are lowered to")));
    }

    @Test
    void shouldRefuseATickOfWhichSessionTimeoutsDoNotFit()
    {
        final Finding refused = of(THREE + "tickTime=2147483647\n").findings().get(0);

        assertEquals(REFUSE, refused.severity());
        assertTrue(refused.message().startsWith("tickTime"), refused.message());
        of(THREE + "tickTime=107374182\n").requireStartable();
    }

    @Test
    void shouldTakeTheLimitsOfZooKeeperInTicks()
    {
        final PeerTimes times = PeerTimes.of(of(THREE + "tickTime=3000\ninitLimit=4\nsyncLimit=2\n"));

        assertEquals(12_000, times.initMs());
        assertEquals(6000, times.syncMs());
        assertEquals(3000, PeerTimes.of(of(THREE + "tickTime=3000\ninitLimit=0\n")).initMs());
    }

    @Test
    void shouldReadServerLinesOfAFileOfTheirOwn() throws IOException
    {
        final Path dynamic = Files.writeString(dir.resolve("zoo.cfg.dynamic.100000000"), THREE);
        final Path file = Files.writeString(dir.resolve("zoo.cfg"), "dynamicConfigFile=" + dynamic + "\n");
        final Settings settings = Settings.resolve(List.of(), ZooCfg.read(file), new Properties());

        assertEquals(3, Membership.of(settings).servers().size());
        assertEquals(List.of(), settings.findings());
    }

    @Test
    void shouldRefuseLinesInTheWrongOneOfTwoFiles() throws IOException
    {
        final Path dynamic = Files.writeString(dir.resolve("zoo.cfg.dynamic"), "version=1\n" + THREE +
            "clientPort=2182\ndynamicConfigFile=/x\n");
        final Path file = Files.writeString(dir.resolve("zoo.cfg"), "dynamicConfigFile=" + dynamic +
            "\nserver.4=d:2888:3888\nweight.1=1\n");
        final Settings settings = Settings.resolve(List.of(), ZooCfg.read(file), new Properties());
        final String refusals = assertThrows(ConfigException.class, settings::requireStartable).getMessage();

        assertTrue(refusals.contains("names holds lines server.N only; move clientPort to the other file"), refusals);
        assertTrue(refusals.contains("move dynamicConfigFile to the other file"), refusals);
        assertTrue(refusals.contains(file + ":2: server.4 stands beside dynamicConfigFile"), refusals);
        assertTrue(refusals.contains(file + ":3: weight.1 stands beside dynamicConfigFile"), refusals);
        assertEquals(4, refusals.lines().count(), refusals);
    }

    @Test
    void shouldRefuseAFileOfServerLinesThatHasNone() throws IOException
    {
        final Path dynamic = Files.createFile(dir.resolve("zoo.cfg.dynamic"));
        final Path file = Files.writeString(dir.resolve("zoo.cfg"), "dynamicConfigFile=" + dynamic + "\n");
        final Settings settings = Settings.resolve(List.of(), ZooCfg.read(file), new Properties());

        assertEquals(file + ":1: dynamicConfigFile=" + dynamic + " has no line server.N; write the lines of all" +
            " servers into it, or remove this line for a server alone",
            assertThrows(ConfigException.class, settings::requireStartable).getMessage());
    }

    @Test
    void shouldRefuseAFileOfServerLinesThatNobodyReads()
    {
        final CfgLine argument = new CfgLine("dynamicConfigFile", "/x", "argument dynamicConfigFile", Origin.ARGUMENT);
        final Settings settings = Settings.resolve(List.of(argument), ZooCfg.parse("zoo.cfg", ""), new Properties());

        assertTrue(assertThrows(ConfigException.class, settings::requireStartable).getMessage()
            .contains("dynamicConfigFile is read from a configuration file only"));
    }

    @Test
    void shouldSayThatAFileOfServerLinesIsMissing() throws IOException
    {
        final Path file = Files.writeString(dir.resolve("zoo.cfg"), "dynamicConfigFile=" + dir.resolve("no") + "\n");

        assertTrue(assertThrows(ConfigException.class, () -> ZooCfg.read(file)).getMessage().contains(dir.resolve("no")
            .toString()));
    }

    private static Settings of(final String text)
    {
        return Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg", text), new Properties());
    }
}
