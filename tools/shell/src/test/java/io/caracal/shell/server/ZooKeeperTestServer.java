/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** ZooKeeper's own server, standalone, in this process. */
public final class ZooKeeperTestServer implements TestServer
{
    private static final int TICK_TIME_MS = 1_000;
    private static final int CONNECTIONS_MAX = 100;

    private final ServerCnxnFactory factory;

    public ZooKeeperTestServer(final Path directory)
    {
        try
        {
            final ZooKeeperServer server = new ZooKeeperServer(directory.toFile(), directory.toFile(), TICK_TIME_MS);
            factory = new NIOServerCnxnFactory();
            factory.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTIONS_MAX);
            factory.startup(server);
        }
        catch (final IOException failure)
        {
            throw new UncheckedIOException(failure);
        }
        catch (final InterruptedException interruption)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server starts", interruption);
        }
    }

    @Override
    public String connectString()
    {
        return "127.0.0.1:" + factory.getLocalPort();
    }

    @Override
    public void close()
    {
        factory.shutdown();
    }
}
