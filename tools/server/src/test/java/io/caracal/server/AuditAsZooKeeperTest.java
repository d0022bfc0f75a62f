/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.ZooKeeperServerMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same client leaves the same lines in the audit logs of a real ZooKeeper and of Caracal. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditAsZooKeeperTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int ASK_MS = 1_000;
    private static final int ALL = 31;
    private static final List<ACL> OPEN = new ArrayList<>(List.of(new ACL(ALL, new Id("world", "anyone"))));
    private static final String LOGBACK = """
        <configuration>
          <appender name="err" class="ch.qos.logback.core.ConsoleAppender">
            <target>System.err</target>
            <encoder><pattern>%msg%n</pattern></encoder>
          </appender>
          <logger name="org.apache.zookeeper.audit.Slf4jAuditLogger" level="INFO"><appender-ref ref="err"/></logger>
          <root level="OFF"/>
        </configuration>
        """;

    @TempDir
    private Path dir;

    @Test
    void shouldWriteTheLinesOfZooKeeper() throws Exception
    {
        final Path logback = Files.writeString(dir.resolve("logback.xml"), LOGBACK);
        final List<String> expected = zooKeeperLines(logback);
        final List<String> written = caracalLines(logback);

        assertTrue(expected.size() > 20, expected.toString());
        assertEquals(String.join("\n", expected), String.join("\n", written));
    }

    private List<String> zooKeeperLines(final Path logback) throws Exception
    {
        final int port = FreePorts.find();
        final Path errors = dir.resolve("zookeeper.err");
        final Path output = dir.resolve("zookeeper.out");
        final Path data = Files.createDirectory(dir.resolve("zookeeper"));
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dzookeeper.audit.enable=true",
            "-Dzookeeper.admin.enableServer=false", "-Dzookeeper.extendedTypesEnabled=true",
            "-Dlogback.configurationFile=" + logback, "-cp", System.getProperty("java.class.path"),
            ZooKeeperServerMain.class.getName(), Integer.toString(port), data.toString()).redirectError(errors.toFile())
            .redirectOutput(output.toFile()).start();
        try
        {
            awaitServing(process, port);
            converse(port);
            return lines(errors);
        }
        catch (final AssertionError | IOException | KeeperException failure)
        {
            throw new AssertionError("ZooKeeper at port " + port + ", running: " + process.isAlive() + ", said " +
                Files.readString(errors) + Files.readString(output), failure);
        }
        finally
        {
            process.destroy();
            process.onExit().join();
        }
    }

    private static void awaitServing(final Process process, final int port)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (!isServing(port))
        {
            assertTrue(process.isAlive() && System.nanoTime() - deadlineNs < 0, "it does not serve");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /**
     * While a ZooKeeper starts, it may accept a connection and never answer, so each question has a short time limit.
     */
    private static boolean isServing(final int port)
    {
        try
        {
            return Words.ask(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "srvr", ASK_MS)
                .contains("Mode: ");
        }
        catch (final IOException notYet)
        {
            return false;
        }
    }

    private List<String> caracalLines(final Path logback) throws Exception
    {
        try (ServerProcess server = new ServerProcess(dir, List.of("-Dlogback.configurationFile=" + logback),
            "dataDir=" + Files.createDirectory(dir.resolve("caracal")), "clientPort=0", "audit.enable=true",
            "extendedTypesEnabled=true"))
        {
            converse(server.awaitServing());
            return lines(server.errorFile());
        }
    }

    /** Returns the lines in the form in which both must agree: session ids differ, and both write them with "0x". */
    private static List<String> lines(final Path errors) throws IOException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        List<String> lines = read(errors);
        while (lines.stream().noneMatch(line -> line.contains("znode=/last")))
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, lines.toString());
            Poll.rest();
            lines = read(errors);
        }

        return lines;
    }

    private static List<String> read(final Path errors) throws IOException
    {
        final List<String> lines = new ArrayList<>();
        for (final String line : Files.readAllLines(errors))
        {
            if (line.contains("\tresult="))
            {
                // ZooKeeper loses the type of a sequential znode within a multi.
                lines.add(line.replaceAll("session=0x[0-9a-f]+", "session=0x1")
                    .replaceAll("(/m/x-0000000000)\tznode_type=ephemeral_sequential", "$1"));
            }
        }

        // The ephemerals of a session may be deleted in any order.
        lines.sort((left, right) -> left.contains("operation=ephemeral") && right.contains("operation=ephemeral") ?
            left.compareTo(right) : 0);

        return lines;
    }

    private static void converse(final int port) throws Exception
    {
        final ZooKeeper first = OfficialClient.connect("127.0.0.1:" + port);
        first.create("/a", new byte[10], OPEN, CreateMode.PERSISTENT);
        first.create("/s-", null, OPEN, CreateMode.PERSISTENT_SEQUENTIAL);
        first.create("/e", new byte[0], OPEN, CreateMode.EPHEMERAL);
        first.create("/c", new byte[0], OPEN, CreateMode.CONTAINER);
        first.create("/t", new byte[0], OPEN, CreateMode.PERSISTENT_WITH_TTL, null, 100_000);
        assertThrows(KeeperException.NodeExistsException.class, () -> first.create("/a", null, OPEN,
            CreateMode.PERSISTENT));
        assertThrows(KeeperException.NoNodeException.class, () -> first.create("/no/where", null, OPEN,
            CreateMode.EPHEMERAL_SEQUENTIAL));
        first.getData("/a", false, null);
        first.setData("/a", new byte[1], -1);
        assertThrows(KeeperException.BadVersionException.class, () -> first.setData("/a", new byte[1], 77));
        assertThrows(KeeperException.NoNodeException.class, () -> first.delete("/none", -1));
        first.delete("/s-0000000001", -1);
        first.multi(List.of(Op.create("/m", null, OPEN, CreateMode.PERSISTENT), Op.create("/m/x-", null, OPEN,
            CreateMode.EPHEMERAL_SEQUENTIAL), Op.setData("/m", new byte[2], 0), Op.check("/m", 1),
            Op.delete("/c",
                -1)));
        assertThrows(KeeperException.class, () -> first.multi(List.of(Op.delete("/a", -1), Op.delete("/none", -1))));
        first.setACL("/a", new ArrayList<>(List.of(new ACL(1, new Id("world", "anyone")), new ACL(ALL, new Id("digest",
            "bob:xyz=")))), -1);
        assertThrows(KeeperException.NoAuthException.class, () -> first.setData("/a", new byte[1], -1));
        first.close();

        final ZooKeeper second = OfficialClient.connect("127.0.0.1:" + port);
        second.create("/last", null, OPEN, CreateMode.PERSISTENT);
        second.close();
    }
}
