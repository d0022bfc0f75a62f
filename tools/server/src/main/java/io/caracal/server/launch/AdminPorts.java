/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import io.caracal.server.admin.AdminActions;
import io.caracal.server.admin.AdminFacts;
import io.caracal.server.admin.AdminServer;
import io.caracal.server.config.MetricsProvider;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.prometheus.PrometheusServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.agrona.CloseHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and closes the HTTP ports of a server: the admin server and the Prometheus exporter. If a port is taken, the
 * server refuses to start when that port was configured explicitly. Otherwise it warns and goes on without the port.
 */
public final class AdminPorts implements AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(AdminPorts.class);

    /** Makes a part that listens on an address. */
    @FunctionalInterface
    private interface Binder<T>
    {
        T bind(InetSocketAddress address) throws IOException;
    }

    private final Settings settings;
    private AdminServer admin;
    private PrometheusServer metrics;
    private boolean isClosed;

    private AdminPorts(final Settings settings)
    {
        this.settings = settings;
    }

    /**
     * Binds the ports that the settings ask for. They answer nothing before {@link #open}.
     *
     * @param settings  say which ports, and on which hosts.
     * @param facts     that the pages show.
     * @param actions   that operators may take.
     * @param isProcess whether the server runs as its own process. Such a server has an admin server by default; an
     *                  embedded one only when it is configured.
     * @return the bound ports; they answer nobody before {@link #open()}.
     * @throws LaunchException when a port that was asked for is taken.
     */
    public static AdminPorts bind(final Settings settings, final AdminFacts facts, final AdminActions actions,
        final boolean isProcess)
    {
        final AdminPorts ports = new AdminPorts(settings);
        try
        {
            if (ports.wantsAdmin(isProcess))
            {
                ports.admin = ports.bind("admin server", ServerProperty.ADMIN_ADDRESS, ServerProperty.ADMIN_PORT,
                    address -> new AdminServer(address, facts, actions));
            }

            if (ports.wantsMetrics())
            {
                ports.metrics = ports.bind("Prometheus exporter", ServerProperty.METRICS_HTTP_HOST,
                    ServerProperty.METRICS_HTTP_PORT, address -> new PrometheusServer(address, facts));
            }

            return ports;
        }
        catch (final RuntimeException ex)
        {
            ports.close();
            throw ex;
        }
    }

    private boolean wantsAdmin(final boolean isProcess)
    {
        return settings.flag(ServerProperty.ADMIN_ENABLE) &&
            (isProcess || settings.isSet(ServerProperty.ADMIN_ENABLE) || settings.isSet(ServerProperty.ADMIN_PORT));
    }

    private boolean wantsMetrics()
    {
        return MetricsProvider.opensPort(settings);
    }

    private <T> T bind(final String what, final ServerProperty hostKey, final ServerProperty portKey,
        final Binder<T> binder)
    {
        final String host = settings.text(hostKey);
        final int port = settings.integer(portKey);
        final InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved())
        {
            throw new LaunchException(ExitCode.INVALID_INVOCATION,
                hostKey.key() + "=" + host + " is not known; write an address of this machine", null);
        }

        try
        {
            return binder.bind(address);
        }
        catch (final IOException ex)
        {
            final String problem = "the " + what + " cannot listen on " + host + ":" + port + " (" + ex.getMessage() +
                ")";
            if (settings.isSet(portKey))
            {
                throw new LaunchException(ExitCode.ADMIN, problem + "; " + PortAdvice.of(address, false) +
                    ", or set another " + portKey.key(), ex);
            }

            LOG.warn("{}; the server goes on without it, set {} to have it elsewhere", problem, portKey.key());
            return null;
        }
    }

    /** Starts to answer on the ports. */
    public void open()
    {
        if (admin != null)
        {
            admin.open();
            LOG.info("admin server and dashboard: {}", url(settings.text(ServerProperty.ADMIN_ADDRESS),
                admin.address().getPort(), "/"));
        }
        if (metrics != null)
        {
            metrics.open();
            LOG.info("metrics for Prometheus: {}", url(settings.text(ServerProperty.METRICS_HTTP_HOST),
                metrics.address().getPort(), "/metrics"));
        }
    }

    /** Returns the address of a page, which people copy from the log: one of IPv6 stands in brackets. */
    static String url(final String host, final int port, final String page)
    {
        return "http://" + (host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]") + ":" + port +
            page;
    }

    /**
     * Number of ports that are bound.
     *
     * @return 0 to 2.
     */
    public int count()
    {
        return (admin == null ? 0 : 1) + (metrics == null ? 0 : 1);
    }

    /**
     * The port of the Prometheus exporter.
     *
     * @return -1 when there is none.
     */
    public int metricsPort()
    {
        return metrics == null ? -1 : metrics.address().getPort();
    }

    /**
     * The port of the admin server.
     *
     * @return -1 when there is none.
     */
    public int adminPort()
    {
        return admin == null ? -1 : admin.address().getPort();
    }

    /** Closes both ports. Further calls have no effect. */
    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            // Closes the second one even if the first one throws.
            CloseHelper.closeAll(admin, metrics);
        }
    }
}
