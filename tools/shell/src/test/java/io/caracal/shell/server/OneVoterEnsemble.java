/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.server;

import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.admin.AdminServer.AdminServerException;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig.ConfigException;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** A ZooKeeper ensemble of one voter. Unlike a standalone server, it can be reconfigured. */
public final class OneVoterEnsemble implements TestServer
{
    private final Peer peer = new Peer();
    private final Thread thread;
    private final int[] ports = FreePorts.find(3);
    private final int clientPort = ports[0];
    private final String member = "127.0.0.1:" + ports[1] + ":" + ports[2] + ":participant;127.0.0.1:" + clientPort;

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

    /** The value of {@code server.1}. */
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

    /** Gives access to protected methods. */
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
