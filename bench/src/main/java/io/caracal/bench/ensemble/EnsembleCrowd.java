/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.bench.fleet.Crowd;
import io.caracal.bench.fleet.DividedFleet;
import io.caracal.bench.fleet.Fleet;
import io.caracal.bench.fleet.FleetWorker;
import io.caracal.bench.servers.Descriptors;
import io.caracal.bench.servers.JavaCommand;
import io.caracal.bench.servers.JvmFlags;
import java.io.IOException;
import java.util.List;

/**
 * Creates the crowds of ensembles: in this process if its file descriptors suffice, otherwise in as many processes as
 * are needed.
 */
final class EnsembleCrowd
{
    private static final int TIMEOUT_MS = 40_000;

    /** Interval in which each session sends one ping. */
    static final int PING_INTERVAL_MS = Fleet.pingIntervalMs(TIMEOUT_MS);

    private EnsembleCrowd()
    {
    }

    /** Whether this many servers can hold all sessions. If they cannot, a note says what to do. */
    static boolean fits(final EnsembleShape shape, final EnsembleRun run, final int servers)
    {
        final EnsembleSettings settings = run.settings();
        return Descriptors.suffice(settings.prefix() + shape.name(), settings.sessions(), servers,
            "caracal bench ensemble --only " + shape.name() + " --size " + settings.size() + " --sessions %d",
            run.figures());
    }

    static Crowd of(final LocalEnsemble ensemble, final int sessions) throws IOException
    {
        final int most = Descriptors.most();
        return sessions <= most ? new Fleet(ensemble.addresses(), sessions, TIMEOUT_MS) : new DividedFleet(
            JavaCommand.of(List.of(JvmFlags.argument(), "-Xmx256m"), FleetWorker.class.getName(), List.of()),
            ensemble.addresses(), sessions, TIMEOUT_MS, (sessions + most - 1) / most);
    }
}
