/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.server.config.Settings;
import io.caracal.server.launch.DataDirectory;
import io.caracal.server.metrics.CountersHeader;
import io.caracal.server.metrics.RuntimeDirectory;
import io.caracal.server.metrics.RuntimeLease;
import io.caracal.server.metrics.RuntimeSweep;
import io.caracal.server.metrics.ServerMetrics;
import java.io.IOException;
import org.slf4j.Logger;

/** Opens the metrics of a server, if possible where other processes can read them. */
final class SharedFigures
{
    private SharedFigures()
    {
    }

    /**
     * Opens the metrics.
     *
     * @param settings name the data directory, from which the place of the file follows.
     * @param parts    are given the runtime directory, which is removed when the server closes in good order.
     * @param log      gets a warning when other processes cannot read the metrics.
     * @return the metrics, to be closed by the caller.
     */
    static ServerMetrics open(final Settings settings, final OpenParts parts, final Logger log)
    {
        final CountersHeader header = new CountersHeader(ProcessHandle.current().pid(), System.currentTimeMillis(),
            Version.caracal(), settings.dataDir().toString());
        RuntimeSweep.run();
        try
        {
            final RuntimeLease lease = RuntimeLease.take(RuntimeDirectory.of(settings.dataDir()));
            parts.add(lease);
            return ServerMetrics.shared(lease.directory(), header);
        }
        catch (final IOException | UnsupportedOperationException ex)
        {
            log.warn("figures are not visible to other processes, caracal top and caracal session among them, until " +
                "this server starts where /dev/shm has room and can be written: {}",
                ex instanceof final IOException failed ?
                    DataDirectory.reason(failed) : ex.toString());
            return ServerMetrics.unshared();
        }
    }
}
