/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.http.HttpDoor;
import io.caracal.transport.ClientTransport;
import io.caracal.transport.RejectReason;
import java.lang.management.ManagementFactory;

/**
 * Limits the number of client connections. The configuration sets the limit, but it is lowered where needed so that the
 * process keeps enough file descriptors for its log, its snapshots, other servers, and HTTP clients.
 */
final class ConnectionLimits
{
    /** Descriptors reserved for log segments, snapshots, other servers and tools. */
    static final int SPARE = 64;

    private static final long UNLIMITED = Long.MAX_VALUE;

    private final ClientTransport transport;
    private final long descriptorsMax;
    private final long clientsMax;
    private volatile int perAddressMax;
    private volatile int configuredMax;

    private ConnectionLimits(final ClientTransport transport, final long descriptorsMax, final long clientsMax)
    {
        this.transport = transport;
        this.descriptorsMax = descriptorsMax;
        this.clientsMax = clientsMax;
    }

    /**
     * Computes the limits from the number of files that the process has open. Called when everything else is open.
     *
     * @param transport to which the limits are applied.
     * @param httpPorts number of open HTTP ports.
     */
    static ConnectionLimits of(final ClientTransport transport, final int httpPorts)
    {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof final UnixOperatingSystemMXBean system)
        {
            final long most = system.getMaxFileDescriptorCount();
            return new ConnectionLimits(transport, most, clientsMax(most, system.getOpenFileDescriptorCount(),
                httpPorts));
        }

        return new ConnectionLimits(transport, UNLIMITED, UNLIMITED);
    }

    /**
     * Number of descriptors left for clients. It is at least one, because a server without clients is of no use; a
     * warning at the start mentions such a low limit.
     */
    static long clientsMax(final long descriptorsMax, final long open, final int httpPorts)
    {
        return Math.max(1, descriptorsMax - open - (long)httpPorts * HttpDoor.CONNECTIONS_MAX - SPARE);
    }

    /** Applies the limits of these settings. */
    void apply(final Settings settings)
    {
        perAddressMax = settings.limit(ServerProperty.MAX_CLIENT_CNXNS);
        configuredMax = settings.limit(ServerProperty.MAX_CNXNS);
        transport.connectionLimits(perAddressMax, totalMax());
    }

    private boolean isByDescriptors()
    {
        return configuredMax == 0 || configuredMax > clientsMax;
    }

    /** Maximum number of connections of all clients together; 0 means no limit. */
    private int totalMax()
    {
        return !isByDescriptors() ? configuredMax : clientsMax > Integer.MAX_VALUE ? 0 : (int)clientsMax;
    }

    /** Explains why connections are not accepted and what can be done about it. */
    String because(final RejectReason reason)
    {
        return switch (reason)
        {
            case ADDRESS_LIMIT -> "that address has as many as maxClientCnxns=" + perAddressMax +
                " allows, the four-letter word cons shows them; raise it if they are meant to be";
            case TOTAL_LIMIT -> isByDescriptors() ? "clients have the " + clientsMax + " that the limit of " +
                descriptorsMax + " open files of this process leaves them; raise it with ulimit -n or LimitNOFILE=" :
                "there are as many as maxCnxns=" + configuredMax + " allows";
            case ACCEPT_FAILED -> "the system lets this process take none, most likely since " + descriptorsMax +
                " files are open, its limit, or as many as the machine can have (fs.file-max); it is tried again " +
                "and again";
            case SETUP_FAILED -> "their sockets could not be set up, or were closed at once by the other end";
        };
    }
}
