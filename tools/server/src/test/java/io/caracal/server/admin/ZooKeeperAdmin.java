/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** A real ZooKeeper with its admin server in its own process, because it keeps much in system properties. */
final class ZooKeeperAdmin implements AutoCloseable
{
    private static final long START_MAX_NS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final int clientPort;
    private final int adminPort;

    private ZooKeeperAdmin(final Process process, final int clientPort, final int adminPort)
    {
        this.process = process;
        this.clientPort = clientPort;
        this.adminPort = adminPort;
    }

    static ZooKeeperAdmin launch(final Path dir) throws Exception
    {
        return launch(dir, "");
    }

    static ZooKeeperAdmin launch(final Path dir, final String furtherLines) throws Exception
    {
        final int clientPort = FreePorts.find();
        final int adminPort = FreePorts.find();
        final Path config = Files.writeString(dir.resolve("zookeeper.cfg"), "dataDir=" + dir.resolve("zookeeper") +
            "\nclientPort=" + clientPort +
            "\nclientPortAddress=127.0.0.1\ntickTime=2000\nadmin.serverAddress=127.0.0.1" +
            "\nadmin.serverPort=" + adminPort + "\nDigestAuthenticationProvider.superDigest=super:" +
            AdminTarget.digest("super:secret") + "\n" + furtherLines);
        final Path log = dir.resolve("zookeeper.log");
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
            QuorumPeerMain.class.getName(), config.toString()).redirectErrorStream(true).redirectOutput(log.toFile())
            .start();
        final ZooKeeperAdmin server = new ZooKeeperAdmin(process, clientPort, adminPort);
        try
        {
            // Nobody tries the client port: ZooKeeper might count that connection for a while.
            server.await(adminPort, log);
            return server;
        }
        catch (final IllegalStateException | IOException ex)
        {
            server.close();
            throw ex;
        }
    }

    private void await(final int port, final Path log) throws IOException
    {
        final long beginNs = System.nanoTime();
        while (!isOpen(port))
        {
            if (!process.isAlive() || System.nanoTime() - beginNs > START_MAX_NS)
            {
                throw new IllegalStateException("ZooKeeper does not listen: " + Files.readString(log));
            }

            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean isOpen(final int port)
    {
        try (Socket socket = new Socket())
        {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    String connectString()
    {
        return "127.0.0.1:" + clientPort;
    }

    int adminPort()
    {
        return adminPort;
    }

    @Override
    public void close()
    {
        process.destroy();
        process.onExit().join();
    }
}
