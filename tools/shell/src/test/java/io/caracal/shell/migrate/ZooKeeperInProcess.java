/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A real ZooKeeper, standalone, on a directory of the test. */
final class ZooKeeperInProcess implements AutoCloseable
{
    private static final int TICK_TIME_MS = 1_000;
    private static final int CONNECTIONS_MAX = 200;

    private final ZooKeeperServer server;
    private final ServerCnxnFactory factory;

    ZooKeeperInProcess(final Path directory) throws IOException, InterruptedException
    {
        server = new ZooKeeperServer(directory.toFile(), directory.toFile(), TICK_TIME_MS);
        server.setMaxSessionTimeout(60_000);
        factory = new NIOServerCnxnFactory();
        factory.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTIONS_MAX);
        factory.startup(server);
    }

    String connectString()
    {
        return "127.0.0.1:" + factory.getLocalPort();
    }

    void snapshot() throws IOException
    {
        server.takeSnapshot(true);
    }

    /** Applies the first half of a transaction: the tree already has the change, and nothing is in the log yet. */
    void applyHalf(final String path, final byte[] data, final int version) throws KeeperException.NoNodeException
    {
        server.getZKDatabase().getDataTree().setData(path, data, version, lastZxid() + 1, System.currentTimeMillis());
    }

    /** Creates a znode as an older release left it, with an owner that no client can give it any more. */
    void createAs(final String path, final long owner) throws KeeperException
    {
        server.getZKDatabase().getDataTree().createNode(path, new byte[0], Clients.open(), owner, server.getZKDatabase()
            .getDataTree().getNode("/").stat.getCversion() + 1, lastZxid() + 1, System.currentTimeMillis());
    }

    long lastZxid()
    {
        return server.getLastProcessedZxid();
    }

    @Override
    public void close()
    {
        factory.shutdown();
        server.shutdown();
    }
}
