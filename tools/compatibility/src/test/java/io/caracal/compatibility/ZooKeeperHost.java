/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.zookeeper.server.ServerConfig;
import org.apache.zookeeper.server.ZooKeeperServerMain;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;

/**
 * Main class of a real ZooKeeper server. Takes zoo.cfg and port as arguments, and prints "ready" on standard output.
 */
public final class ZooKeeperHost
{
    private static final List<String> WITHOUT_PREFIX = List.of("jute.maxbuffer", "znode.container.checkIntervalMs",
        "znode.container.maxPerMinute", "znode.container.maxNeverUsedIntervalMs", "readonlymode.enabled");

    private ZooKeeperHost()
    {
    }

    public static void main(final String[] arguments) throws Exception
    {
        Orphan.guard();
        final Path file = Path.of(arguments[0]);
        systemProperties(file);

        final QuorumPeerConfig parsed = new QuorumPeerConfig();
        parsed.parse(file.toString());
        final LoopbackConfig config = new LoopbackConfig(parsed, Integer.parseInt(arguments[1]));

        new ZooKeeperServerMain()
        {
            @Override
            protected void serverStarted()
            {
                System.out.println("ready");
            }
        }.runFromConfig(config);
    }

    private static void systemProperties(final Path file) throws IOException
    {
        final Properties properties = ServerSettings.read(file);

        for (final String key : WITHOUT_PREFIX)
        {
            final String value = properties.getProperty(key);

            if (value != null)
            {
                System.setProperty(key, value);
            }
        }
    }

    /** Sets the port, which is not a line of the file. */
    private static final class LoopbackConfig extends ServerConfig
    {
        LoopbackConfig(final QuorumPeerConfig parsed, final int port)
        {
            readFrom(parsed);
            clientPortAddress = Loopback.port(port);
        }
    }
}
