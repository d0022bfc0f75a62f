/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.client;

import io.caracal.shell.terminal.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.stream.Collectors;
import org.apache.zookeeper.ZooKeeper.States;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ConfigException;

/**
 * The one session of a shell. It is opened when a command first needs it, so that a command that needs none starts fast
 * and works without a server.
 */
public final class Connection implements AutoCloseable
{
    /** How many rounds over the server list may fail before the servers count as unreachable. */
    private static final int ROUNDS_MAX = 2;
    private static final int LOOK_MS = 1000;

    private final ConnectOptions options;
    private final Terminal terminal;
    private final SessionEvents events;
    private String servers;
    private ZooKeeperAdmin client;

    /**
     * @param options how to connect; the session is not opened yet.
     * @param terminal takes watch events.
     */
    public Connection(final ConnectOptions options, final Terminal terminal)
    {
        this.options = options;
        this.terminal = terminal;
        this.servers = options.servers();
        this.events = new SessionEvents(terminal, options.quiet());
    }

    /**
     * Returns the client of the open session. The first call opens the session and waits until a server answers.
     *
     * @return never null; alive.
     * @throws CommandFailure when no server can be reached, or the session was closed.
     * @throws InterruptedException when the person does not want to wait.
     */
    public ZooKeeperAdmin client() throws CommandFailure, InterruptedException
    {
        if (client == null)
        {
            begin();
            awaitReachable();
        }
        if (!isAlive())
        {
            throw new CommandFailure("Not connected", "connect host:port opens a new session.");
        }

        return client;
    }

    /**
     * Opens the first session. Waits for a server only if {@link ConnectOptions#waitForConnection()} asks for it.
     *
     * @throws CommandFailure when the options cannot be used, or no server answered in time.
     * @throws InterruptedException when the person does not want to wait.
     */
    public void begin() throws CommandFailure, InterruptedException
    {
        if (!options.quiet())
        {
            terminal.out("Connecting to " + servers);
        }

        open(servers);
    }

    /**
     * Closes the present session, if any, and opens a new one.
     *
     * @param newServers host:port[,host:port...][/chroot].
     * @throws CommandFailure when the text is no server list, or no server answered in time.
     * @throws InterruptedException when the person does not want to wait.
     */
    public void open(final String newServers) throws CommandFailure, InterruptedException
    {
        checkServers(newServers);
        closeSession();
        servers = newServers;
        client = newClient();
        if (options.waitForConnection() && !new Reachability(client).await(Integer.MAX_VALUE, options.timeoutMs()))
        {
            closeSession();
            throw unreachable();
        }
    }

    /**
     * Waits until a server answers.
     *
     * @throws CommandFailure when each server of the list was tried and none answered, or the time is up.
     * @throws InterruptedException when the person does not want to wait.
     */
    public void awaitReachable() throws CommandFailure, InterruptedException
    {
        final int attempts = ROUNDS_MAX * new ConnectStringParser(servers).getServerAddresses().size();
        if (!new Reachability(client).await(attempts, options.timeoutMs()))
        {
            throw unreachable();
        }
    }

    /** Closes the session without printing anything. Its ephemeral znodes are deleted at once. May be called twice. */
    @Override
    public void close()
    {
        events.print(false);
        closeSession();
    }

    /**
     * @return the server list of the present or last session.
     */
    public String servers()
    {
        return servers;
    }

    /**
     * @return the state of the session, as ZooKeeper's prompt shows it.
     */
    public States state()
    {
        if (client == null)
        {
            return States.NOT_CONNECTED;
        }

        final States state = client.getState();
        return state == States.CONNECTED && events.isDisconnected() ? States.CONNECTING : state;
    }

    /**
     * @return whether watch events are shown.
     */
    public boolean isPrintingWatches()
    {
        return events.isPrinting();
    }

    /**
     * @param wanted whether watch events are to be shown.
     */
    public void printWatches(final boolean wanted)
    {
        events.print(wanted);
    }

    private void closeSession()
    {
        if (!isAlive())
        {
            return;
        }

        try
        {
            client.close();
        }
        catch (final InterruptedException interruption)
        {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAlive()
    {
        return client != null && client.getState().isAlive();
    }

    private ZooKeeperAdmin newClient() throws CommandFailure
    {
        try
        {
            return new ZooKeeperAdmin(servers, options.timeoutMs(), events, options.readOnly(), configuration());
        }
        catch (final IOException failure)
        {
            throw new CommandFailure("Cannot connect to " + servers + ": " + failure.getMessage());
        }
    }

    private ZKClientConfig configuration() throws CommandFailure
    {
        try
        {
            final ZKClientConfig config =
                options.configuration() == null ? new ZKClientConfig() : new ZKClientConfig(options.configuration());
            SaslSettings.skipWithoutLogin(config);
            return config;
        }
        catch (final ConfigException failure)
        {
            throw new CommandFailure("Cannot use " + options.configuration() + ": " + failure.getMessage(),
                "-client-configuration names a properties file with keys such as zookeeper.client.secure=true.");
        }
    }

    private CommandFailure unreachable()
    {
        final String unknown =
            new ConnectStringParser(servers).getServerAddresses().stream().map(InetSocketAddress::getHostString)
                .filter(Connection::isUnknown).distinct().collect(Collectors.joining(", "));
        return new CommandFailure("KeeperErrorCode = ConnectionLoss",
            "No server answers at " + servers + ". " + (unknown.isEmpty() ? silence() : "No host is known as " +
                unknown + ": check the name, or what resolves names on this machine."));
    }

    /** Explains why the servers may not answer, although their names resolve. */
    private String silence()
    {
        final InetSocketAddress open = new ConnectStringParser(servers).getServerAddresses().stream()
            .filter(Connection::isOpen).findFirst().orElse(null);
        return open == null ? "Is it running? -v shows what was tried, -waitforconnection waits for it." :
            open.getHostString() + ":" + open.getPort() +
                " takes connections but serves nobody: it hangs or is stopped, or its " +
                "ensemble has no leader. Its log and its page /readyz say why, as does caracal top there; " +
                "-waitforconnection waits for it.";
    }

    private static boolean isOpen(final InetSocketAddress address)
    {
        try (Socket socket = new Socket())
        {
            socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), LOOK_MS);
            return true;
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    private static boolean isUnknown(final String host)
    {
        try
        {
            return InetAddress.getByName(host) == null;
        }
        catch (final UnknownHostException ex)
        {
            return true;
        }
    }

    private static void checkServers(final String text) throws CommandFailure
    {
        try
        {
            if (!new ConnectStringParser(text).getServerAddresses().isEmpty())
            {
                return;
            }
        }
        catch (final IllegalArgumentException failure)
        {
            // The same as for a list without servers.
        }

        throw new CommandFailure("Not a server list: " + text, "Write host:port[,host:port...][/chroot].");
    }
}
