/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.server.config.Membership;
import io.caracal.server.config.Printable;
import io.caracal.server.config.ServerLine;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.launch.DataDirectory;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identifies this server among the configured ones. As in ZooKeeper, the file {@code myid} in dataDir holds its id. A
 * standalone server does not need the file.
 *
 * @param membership all servers.
 * @param serverId   of this server.
 */
record OwnServer(Membership membership, long serverId)
{
    /** Id of a standalone server. */
    static final long ALONE = 1;

    private static final String MY_ID = "myid";

    static OwnServer of(final Settings settings)
    {
        final Membership membership = Membership.of(settings);
        return membership.isEnsemble() ? member(membership, settings.dataDir()) : new OwnServer(membership, ALONE);
    }

    private static OwnServer member(final Membership membership, final Path dataDir)
    {
        final Path file = dataDir.resolve(MY_ID);
        final long serverId = read(file);
        if (membership.server(serverId) == null)
        {
            throw new LaunchException(ExitCode.INVALID_INVOCATION, file + " says that this is server " + serverId +
                ", but the configuration has no line server." + serverId + "; correct one of them", null);
        }

        return new OwnServer(membership, serverId);
    }

    private static long read(final Path file)
    {
        try
        {
            // Read as Latin-1, so that what an editor has written in another encoding can be shown in the message.
            final String text = Files.readString(file, StandardCharsets.ISO_8859_1).trim();
            if (text.matches("\\d{1,3}"))
            {
                return Long.parseLong(text);
            }

            throw new LaunchException(ExitCode.INVALID_INVOCATION,
                file + " holds \"" + Printable.of(text) + "\"; write the number of this server, N of its line server.N",
                null);
        }
        catch (final NoSuchFileException ex)
        {
            throw new LaunchException(ExitCode.INVALID_INVOCATION, file +
                " is missing; write the number of this server" +
                " into it, N of its line server.N", ex);
        }
        catch (final IOException ex)
        {
            throw new LaunchException(ExitCode.INVALID_INVOCATION, file + " cannot be read (" +
                DataDirectory.reason(ex) + "); it is the file with the number of this server, N of its line server.N," +
                " and this user has to read it", ex);
        }
    }

    /**
     * Warns when peerType contradicts the server lines, which decide, because all servers read the same ones; and when
     * this server listens for clients on another port than its line tells them.
     */
    List<String> advice(final Settings settings)
    {
        final List<String> advice = new ArrayList<>();
        final boolean saysObserver = "observer".equalsIgnoreCase(settings.text(ServerProperty.PEER_TYPE));
        if (isEnsemble() && settings.isSet(ServerProperty.PEER_TYPE) && saysObserver != line().isObserver())
        {
            advice.add("peerType=" + settings.text(ServerProperty.PEER_TYPE) + " contradicts the line server." +
                serverId + ", which decides: this server is " + (line().isObserver() ? "an observer" :
                    "a participant"));
        }

        final ServerLine line = line();
        if (line != null && line.clientPort() >= 0 && line.clientPort() != settings.clientPort(line))
        {
            advice.add("clientPort=" + settings.clientPort(line) + " contradicts the line server." + line.serverId() +
                ", which tells clients " + line.clientPort() + ": this server listens on the former; correct one of " +
                "them");
        }

        return advice;
    }

    /** Returns the logger of this server. Its name distinguishes several servers in one process. */
    Logger log()
    {
        final String name = Server.class.getName();
        return LoggerFactory.getLogger(isEnsemble() ? name + "-" + serverId : name);
    }

    /** Returns the mark of this server's lines in the log; null for a standalone server, as in ZooKeeper. */
    String mark()
    {
        return isEnsemble() ? Long.toString(serverId) : null;
    }

    boolean isEnsemble()
    {
        return membership.isEnsemble();
    }

    /** Returns the line of this server, or null for a standalone server without one. */
    ServerLine line()
    {
        return isEnsemble() ? membership.server(serverId) : membership.servers().stream().findFirst().orElse(null);
    }
}
