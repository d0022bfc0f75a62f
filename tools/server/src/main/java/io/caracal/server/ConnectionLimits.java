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
 * Limits how many connections clients may have. The configuration says how many, but there are never so many that the
 * process has no file descriptor left for its log, its snapshots, other servers, and people who look at the server over
 * HTTP.
 */
final class ConnectionLimits
{
    /** Descriptors that are kept for segments of the log, snapshots, other servers and tools. */
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
     * Looks at how many files the process has open; to be called when everything else is open.
     *
     * @param transport gets the limits.
     * @param httpPorts how many ports of HTTP are open.
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
     * How many descriptors are left for clients. At least one is counted, because a server without clients is of no
     * use; a warning at the start tells of such a limit.
     */
    static long clientsMax(final long descriptorsMax, final long open, final int httpPorts)
    {
        return Math.max(1, descriptorsMax - open - (long)httpPorts * HttpDoor.CONNECTIONS_MAX - SPARE);
    }

    /** Puts what the settings say into force. */
    void apply(final Settings settings)
    {
        perAddressMax = settings.integer(ServerProperty.MAX_CLIENT_CNXNS);
        configuredMax = settings.integer(ServerProperty.MAX_CNXNS);
        transport.connectionLimits(perAddressMax, totalMax());
    }

    private boolean isByDescriptors()
    {
        return configuredMax == 0 || configuredMax > clientsMax;
    }

    /** Most connections of all clients together; 0 for no limit. */
    private int totalMax()
    {
        return !isByDescriptors() ? configuredMax : clientsMax > Integer.MAX_VALUE ? 0 : (int)clientsMax;
    }

    /** What keeps connections from being taken, and what can be done. */
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
