/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of each member that the leader of an ensemble reports, under ZooKeeper's names. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemberMetricsTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int WRITES = 20;
    private static final Pattern KEY =
        Pattern.compile("zk_cnt_(\\d+)_(ack_latency|learner_handler_qp_size|learner_handler_qp_time_ms)");

    private static final Path MANUAL = Path.of("..", "release", "src", "archive", "TROUBLE.md");
    private static final Pattern FIGURE = Pattern.compile("`([a-z_]{6,})`");

    @TempDir
    private Path dir;

    @Test
    void shouldTellOnTheLeaderWhatItMeasuresOfEachMember() throws Exception
    {
        try (ServerEnsemble ensemble = ServerEnsemble.launch(3, new EnsembleContext().directory(dir).observers(1)
            .set("metricsProvider.httpPort", "0").set("4lw.commands.whitelist", "*")))
        {
            final ZooKeeper client = OfficialClient.connect(ensemble.connectString());
            client.create("/a", null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            for (int i = 0; i < WRITES; i++)
            {
                client.setData("/a", new byte[10], i);
            }
            final Server leader = ensemble.server(ensemble.leader());
            final String own = Long.toString(ensemble.leader());
            final Set<String> others = new TreeSet<>(Set.of("1", "2", "3"));
            others.remove(own);

            final Set<String> measured = new TreeSet<>(Set.of(own + " ack_latency", "4 learner_handler_qp_time_ms"));
            for (final String id : others)
            {
                measured.addAll(Set.of(id + " ack_latency", id + " learner_handler_qp_size", id +
                    " learner_handler_qp_time_ms"));
            }

            final Map<String, Long> counts = await(leader, measured);
            assertEquals(null, counts.get("4 ack_latency"), "an observer acknowledges nothing");
            assertEquals(null, counts.get(own + " learner_handler_qp_size"), "a leader sends itself nothing");
            for (final String id : others)
            {
                assertEquals(Map.of(), counts(ensemble.server(Long.parseLong(id))), "a follower measures nobody");
            }

            final String scraped = Pages.get(leader.metricsPort(), "/metrics").body();
            for (final String name : Set.of("ack_latency", "learner_handler_qp_size", "learner_handler_qp_time_ms"))
            {
                final String start = name + "_count{key=\"" + others.iterator().next() + "\"} ";
                assertTrue(scraped.lines().anyMatch(line -> line.startsWith(start) && !line.endsWith(" 0")),
                    () -> start + " is not in\n" + scraped);
            }
            client.close();
        }
    }

    /** The table of the manual names figures that exist, for both ways to get them. */
    @Test
    void shouldHaveTheFiguresThatPeopleAreToldToWatch() throws Exception
    {
        final String table = Files.readString(MANUAL).split("Figures to alert on:", 2)[1].split("## ", 2)[0];
        final Set<String> ofWords = new TreeSet<>();
        final Set<String> ofPrometheus = new TreeSet<>();
        table.lines().filter(line -> line.startsWith("| ")).skip(1).map(line -> line.split(" \\| ", 3)).forEach(cells ->
        {
            FIGURE.matcher(cells[1]).results().map(figure -> figure.group(1)).forEach(ofWords::add);
            FIGURE.matcher(cells[2]).results().map(figure -> figure.group(1)).forEach(ofPrometheus::add);
        });
        try (ServerEnsemble ensemble = ServerEnsemble.launch(3, new EnsembleContext().directory(dir)
            .set("metricsProvider.httpPort", "0").set("4lw.commands.whitelist", "*")))
        {
            final Server leader = ensemble.server(ensemble.leader());
            Words.ask(leader.clientPort(), "mntr").lines().forEach(line -> ofWords.remove(line.split("\t", 2)[0]));
            Pages.get(leader.metricsPort(), "/metrics").body().lines().forEach(
                line -> ofPrometheus.remove(line.split("[{ ]", 2)[0]));
        }

        assertTrue(FIGURE.matcher(table).results().count() > 10, table);
        assertEquals(Set.of(), ofWords);
        assertEquals(Set.of(), ofPrometheus);
    }

    /** Retries, because acknowledgements of the slower follower arrive after the answers. */
    private static Map<String, Long> await(final Server leader, final Set<String> measured) throws Exception
    {
        final long beginNs = System.nanoTime();
        Map<String, Long> counts = counts(leader);
        while (!isAbove(counts, measured))
        {
            assertTrue(System.nanoTime() - beginNs < LIMIT_NS, "waited for counts of " + measured + ": " + counts);
            counts = counts(leader);
        }

        return counts;
    }

    private static boolean isAbove(final Map<String, Long> counts, final Set<String> measured)
    {
        return measured.stream().allMatch(each -> counts.getOrDefault(each, 0L) > 0);
    }

    private static Map<String, Long> counts(final Server server) throws Exception
    {
        return Words.ask(server.clientPort(), "mntr").lines().map(line -> line.split("\t", 2))
            .filter(line -> KEY.matcher(line[0]).matches())
            .collect(Collectors.toMap(line -> name(line[0]), line -> Long.valueOf(line[1])));
    }

    private static String name(final String key)
    {
        final Matcher matcher = KEY.matcher(key);
        assertTrue(matcher.matches());

        return matcher.group(1) + " " + matcher.group(2);
    }
}
