/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.server.OfficialClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.metrics.impl.DefaultMetricsProvider;
import org.apache.zookeeper.metrics.impl.MetricsProviderBootstrap;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerMetrics;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A real ZooKeeper server in this JVM, with two sessions, two ephemerals and four watches. */
final class ZooKeeperReference
{
    private static final int TIMEOUT_MS = 30_000;
    private static final String WHITELIST = "zookeeper.4lw.commands.whitelist";

    private final NIOServerCnxnFactory factory = new NIOServerCnxnFactory();
    private final ZooKeeperServer server;
    private final ZooKeeper first;
    private final ZooKeeper second;

    ZooKeeperReference(final Path dir) throws Exception
    {
        System.setProperty(WHITELIST, "*");
        ServerMetrics.metricsProviderInitialized(
            MetricsProviderBootstrap.startMetricsProvider(DefaultMetricsProvider.class.getName(), new Properties()));
        server = new ZooKeeperServer(dir.resolve("data").toFile(), dir.resolve("data").toFile(), 3000);
        factory.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 60, -1, false);
        factory.startup(server);
        first = OfficialClient.connect("127.0.0.1:" + factory.getLocalPort());
        second = OfficialClient.connect("127.0.0.1:" + factory.getLocalPort());
        populate();
    }

    private void populate() throws KeeperException, InterruptedException
    {
        first.create("/e1", new byte[1], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        first.create("/e2", new byte[1], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        second.getData("/e1", true, null);
        second.getData("/e2", true, null);
        first.exists("/e1", true);
        first.exists("/nope", true);
    }

    String ask(final String word) throws IOException
    {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), factory.getLocalPort()))
        {
            socket.setSoTimeout(TIMEOUT_MS);
            final ByteBuffer request = ByteBuffer.allocate(12).put(word.getBytes(StandardCharsets.US_ASCII));
            if ("stmk".equals(word))
            {
                request.putLong(511);
            }

            socket.getOutputStream().write(request.array(), 0, request.position());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void close() throws InterruptedException
    {
        first.close();
        second.close();
        factory.shutdown();
        server.shutdown();
        // Otherwise servers that other tests launch in this JVM would obey it.
        System.clearProperty(WHITELIST);
    }
}
