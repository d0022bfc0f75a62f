/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.EnsemblePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberSettingsTest
{
    private static final EnsemblePlan PLAN = EnsemblePlan.onPorts(3, 0, Path.of("/d"), 2181);

    @Test
    void shouldOpenNoHttpPortUnlessAsked()
    {
        assertEquals(Optional.of("false"), last("a=b", "admin.enableServer", 0));
        assertEquals(Optional.empty(), last("a=b", "admin.serverPort", 0));
        assertEquals(Optional.empty(), last("a=b", "metricsProvider.httpPort", 0));
        assertEquals(Optional.empty(), settings("a=b").adminPort(PLAN.members().get(0)));
    }

    /** Otherwise one server of three has the dashboard, or two of them end because their port is taken. */
    @ParameterizedTest
    @CsvSource({ "admin.enableServer=true, admin.serverPort, 8080, 8082", //
        "admin.serverPort=9000, admin.serverPort, 9000, 9002", //
        "admin.serverPort=0, admin.serverPort, 0, 0", //
        "metricsProvider.httpPort=7100, metricsProvider.httpPort, 7100, 7102", //
        "metricsProvider.className=org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider, " +
            "metricsProvider.httpPort, 7000, 7002" })
    void shouldCountHttpPortsUpFromMemberToMember(
        final String asked, final String key, final String first, final String third)
    {
        assertEquals(Optional.of(first), last(asked, key, 0));
        assertEquals(Optional.of(third), last(asked, key, 2));
    }

    @Test
    void shouldLeaveAPortThatIsNoneForTheServerToRefuse()
    {
        assertEquals(Optional.of("-1"), last("admin.serverPort=-1", "admin.serverPort", 2));
        assertEquals(Optional.of("x"), last("admin.serverPort=x", "admin.serverPort", 2));
    }

    @Test
    void shouldTellTheDashboardsPortWhenItIsKnown()
    {
        assertEquals(Optional.of("9002"), settings("admin.serverPort=9000").adminPort(PLAN.members().get(2)));
        assertEquals(Optional.empty(), settings("admin.serverPort=0").adminPort(PLAN.members().get(2)));
        assertEquals(Optional.empty(), settings("admin.enableServer=false").adminPort(PLAN.members().get(2)));
    }

    @Test
    void shouldGiveEachMemberAllServerLinesAndWhatWasAsked()
    {
        final List<String> settings = settings("forceSync=no").of(PLAN.members().get(1));

        assertTrue(
            settings.containsAll(List.of("forceSync=no", "server.1=127.0.0.1:2281:2381:participant;127.0.0.1:2181",
                "server.3=127.0.0.1:2283:2383:participant;127.0.0.1:2183")),
            settings.toString());
    }

    private static MemberSettings settings(final String asked)
    {
        return new MemberSettings(PLAN, List.of(asked));
    }

    /** The value that counts among the arguments of a member. */
    private static Optional<String> last(final String asked, final String key, final int member)
    {
        return settings(asked).of(PLAN.members().get(member)).stream().filter(line -> line.startsWith(key + "="))
            .map(line -> line.substring(key.length() + 1)).reduce((before, after) -> after);
    }
}
