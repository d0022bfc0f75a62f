/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.admin.EngineReader;
import io.caracal.server.config.ConfigException;
import io.caracal.server.config.Finding;
import io.caracal.server.config.Reload;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.news.ServerEvents;
import io.caracal.server.record.Recording;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;

/**
 * Holds the settings in force, and takes over those that can change while a server runs. The engine is told first, by a
 * query that it obeys between two turns of its loop. If the engine does not answer, the query is withdrawn and nothing
 * changes.
 */
final class Reloader
{
    private static final String SERVER_LINES = "server.";

    private final ServerContext context;
    private final OwnServer own;
    private final Logger log;
    private volatile Settings settings;
    private Parts parts;

    /** The parts of the server that are told of new settings. */
    record Parts(EngineReader engine, ConnectionLimits limits, Recording recording, ServerEvents events,
        OperatorLoop operators)
    {
    }

    Reloader(final ServerContext context, final OwnServer own, final Settings settings)
    {
        this.context = context;
        this.own = own;
        this.log = own.log();
        this.settings = settings;
    }

    /** Called when the server runs; from now on the settings can be reloaded. */
    synchronized void begin(final Parts newParts)
    {
        parts = newParts;
    }

    /** Called when the server ends; from now on nothing changes. */
    synchronized void end()
    {
        parts = null;
    }

    /** The settings in force. Called by any thread. */
    Settings settings()
    {
        return settings;
    }

    /** See {@link Server#reload}. */
    synchronized Reload reload()
    {
        if (parts == null)
        {
            throw new IllegalStateException("the server does not run");
        }

        final Settings fresh = reread();
        final Reload reload = Reload.between(settings, fresh);
        final Settings next = settings.takingOver(fresh);
        tellEngine(new Wiring(next, own));
        parts.limits().apply(next);
        parts.recording().slowMs(next.integer(ServerProperty.SLOW_REQUEST));
        parts.events().forceWarningNs(TimeUnit.MILLISECONDS.toNanos(next.integer(ServerProperty.FSYNC_WARNING)));
        parts.operators().purgeIntervalNs(TimeUnit.HOURS.toNanos(next.integer(ServerProperty.PURGE_INTERVAL)));
        settings = next;
        tell(reload, fresh);

        return reload;
    }

    private Settings reread()
    {
        try
        {
            final Settings fresh = context.reread();
            requireSameServer(fresh);
            return fresh;
        }
        catch (final ConfigException ex)
        {
            log.error("the configuration is not taken over, the server goes on as it is: {}", ex.getMessage());
            throw ex;
        }
    }

    /**
     * Refuses a file that no longer sets what identifies this server. Such a file was not written completely, for
     * example because the disk was full, and nobody wants the defaults for everything that it lacks.
     */
    private void requireSameServer(final Settings fresh)
    {
        if (lacks(fresh, ServerProperty.DATA_DIR.key()))
        {
            throw cutShort(ServerProperty.DATA_DIR.key());
        }
        if (lacks(fresh, SERVER_LINES))
        {
            throw cutShort(SERVER_LINES + "N");
        }
    }

    /** Whether keys with this prefix, or the key itself, were set before and are not set any more. */
    private boolean lacks(final Settings fresh, final String prefix)
    {
        return settings.lines().keySet().stream().anyMatch(key -> key.startsWith(prefix)) && fresh.lines().keySet()
            .stream().noneMatch(key -> key.startsWith(prefix));
    }

    private static ConfigException cutShort(final String key)
    {
        return new ConfigException("the file does not set " + key + " any more: it is cut short, or that of another " +
            "server");
    }

    private void tellEngine(final Wiring wiring)
    {
        final ExpandableArrayBuffer order = new ExpandableArrayBuffer();
        final int length = wiring.tuning().encode(order);
        try
        {
            parts.engine().order(OperatorQuery.TUNE, new UnsafeBuffer(order, 0, length));
        }
        catch (final IllegalStateException ex)
        {
            log.error("the configuration is not taken over, the server goes on as it is; send the signal again: {}",
                ex.getMessage());
            throw ex;
        }
    }

    private void tell(final Reload reload, final Settings fresh)
    {
        fresh.findings().stream().filter(finding -> finding.severity() == Finding.Severity.WARN)
            .forEach(finding -> log.warn("{}", finding));
        reload.takenOver().forEach(change -> log.info("reload: taken over: {}", change));
        reload.needsRestart().forEach(change -> log.warn("reload: needs a restart: {}", change));
        log.info("configuration read again: {}", reload.summary());
    }
}
