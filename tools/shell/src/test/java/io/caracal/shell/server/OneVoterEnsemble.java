/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.admin.AdminServer.AdminServerException;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig.ConfigException;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** A ZooKeeper ensemble of one voter, which unlike a standalone server can be reconfigured. */
public final class OneVoterEnsemble implements TestServer
{
    private final Peer peer = new Peer();
    private final Thread thread;
    private final int clientPort = freePort();
    private final String member = "127.0.0.1:" + freePort() + ":" + freePort() + ":participant;127.0.0.1:" + clientPort;

    public OneVoterEnsemble(final Path directory)
    {
        final QuorumPeerConfig config = new QuorumPeerConfig();
        try
        {
            Files.writeString(directory.resolve("myid"), "1");
            final Path file = Files.writeString(directory.resolve("zoo.cfg"),
                "tickTime=500\ninitLimit=10\nsyncLimit=10\nstandaloneEnabled=false\nreconfigEnabled=true\ndataDir=" +
                    directory + "\nserver.1=" + member + "\n");
            config.parse(file.toString());
        }
        catch (final IOException failure)
        {
            throw new UncheckedIOException(failure);
        }
        catch (final ConfigException failure)
        {
            throw new IllegalArgumentException(failure);
        }

        thread = new Thread(() -> peer.run(config), "ensemble");
        thread.start();
    }

    /** What stands behind {@code server.1=}. */
    public String member()
    {
        return member;
    }

    @Override
    public String connectString()
    {
        return "127.0.0.1:" + clientPort;
    }

    @Override
    public void close()
    {
        peer.stop();
        try
        {
            thread.join();
        }
        catch (final InterruptedException interruption)
        {
            Thread.currentThread().interrupt();
        }

        // Parsing a configuration sets these for the whole process.
        QuorumPeerConfig.setReconfigEnabled(false);
        QuorumPeerConfig.setStandaloneEnabled(true);
    }

    private static int freePort()
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            return socket.getLocalPort();
        }
        catch (final IOException failure)
        {
            throw new UncheckedIOException(failure);
        }
    }

    /** Opens what is protected. */
    private static final class Peer extends QuorumPeerMain
    {
        void run(final QuorumPeerConfig config)
        {
            try
            {
                runFromConfig(config);
            }
            catch (final IOException failure)
            {
                throw new UncheckedIOException(failure);
            }
            catch (final AdminServerException failure)
            {
                throw new IllegalStateException(failure);
            }
        }

        void stop()
        {
            quorumPeer.shutdown();
        }
    }
}
