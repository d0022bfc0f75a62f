/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ChildJvm;
import io.caracal.compatibility.Loopback;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs programs with class paths of their own: the 3.4 client, older Curators, Kafka's broker, Dubbo's registry. */
@ExtendWith(SharedServers.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForeignJvmTest
{
    private static final long TIMEOUT_MS = 180_000;
    private static final Pattern PORT = Pattern.compile("\"port\":(\\d+)");

    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldServeClientsOfTheOldDays(final ServerKind kind)
    {
        OwnClassPath.run("zookeeper34", "zookeeper34", "io.caracal.compatibility.zookeeper34.OldClient", TIMEOUT_MS,
            List.of(Loopback.text(SharedServers.of(kind).address())), List.of("nodes", "watches", "transactions",
                "access lists", "sessions", "library nodes", "library listeners"));
    }

    static List<Arguments> curators()
    {
        return kinds().stream().flatMap(kind -> Stream.of("curator2", "curator4").map(curator -> Arguments.of(kind,
            curator))).toList();
    }

    /** Curator 2 uses the client of ZooKeeper 3.4, and Curator 4 that of 3.5. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("curators")
    void shouldServeOlderCurators(final ServerKind kind, final String curator)
    {
        OwnClassPath.run(curator, curator, "io.caracal.compatibility.curator.CuratorUser", TIMEOUT_MS,
            List.of(SharedServers.of(kind).connectString(), curator), List.of("nodes", "transactions", "access lists",
                "caches", "locks", "counters", "expiry"));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldServeADubboRegistry(final ServerKind kind)
    {
        OwnClassPath.run("dubbo", "dubbo", "io.caracal.compatibility.dubbo.RegistryUser", TIMEOUT_MS,
            List.of(SharedServers.of(kind).connectString()),
            List.of("lookup", "subscribe", "unregister", "register again",
                "destroy"));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldServeAKafkaBroker(final ServerKind kind, @TempDir final Path directory) throws Exception
    {
        final ServerUnderTest server = SharedServers.of(kind);
        final Path config = brokerConfig(server, directory);

        try (Official watching = Official.connect(server))
        {
            useBroker(config, watching, "first", List.of("create", "describe", "produce", "consume"));
            watching.sync("/kafka");
            assertTrue(watching.getChildren("/kafka/brokers/ids", false).isEmpty(), "a stopped broker is still there");
            useBroker(config, watching, "second", List.of("describe", "produce", "consume"));
        }
    }

    private static Path brokerConfig(final ServerUnderTest server, final Path directory) throws IOException
    {
        return Files.write(directory.resolve("server.properties"), List.of("broker.id=1",
            "listeners=PLAINTEXT://127.0.0.1:0", "zookeeper.connect=" + server.connectString() + "/kafka",
            "zookeeper.session.timeout.ms=20000", "log.dirs=" + directory.resolve("logs"),
            "offsets.topic.replication.factor=1", "offsets.topic.num.partitions=1",
            "transaction.state.log.replication.factor=1", "transaction.state.log.min.isr=1",
            "group.initial.rebalance.delay.ms=0"));
    }

    private static void useBroker(final Path config, final Official watching, final String phase,
        final List<String> passed)
    {
        try (ChildJvm broker = ChildJvm.start("kafka-broker", List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"),
            OwnClassPath.of("kafka"), "kafka.Kafka", List.of(config.toString())))
        {
            final String[] address = new String[1];
            Await.until("the broker is registered", TIMEOUT_MS, () ->
            {
                assertTrue(broker.isAlive(), broker::tail);
                address[0] = new String(watching.getData("/kafka/brokers/ids/1", false, null), StandardCharsets.UTF_8);
                return true;
            });
            final Matcher matcher = PORT.matcher(address[0]);
            assertTrue(matcher.find(), address[0]);
            OwnClassPath.run("kafka-client", "kafka", "io.caracal.compatibility.kafka.TopicClient", TIMEOUT_MS,
                List.of("127.0.0.1:" + matcher.group(1), phase), passed);
            broker.terminate();
            assertEquals(143, broker.awaitExit(TIMEOUT_MS), broker::tail);
        }
    }
}
