/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.report.Figures;

import io.caracal.bench.servers.CaracalKind;
import io.caracal.bench.servers.ProcessFigures;
import io.caracal.bench.servers.ServerProcess;
import java.util.OptionalLong;

/**
 * Measures how much more memory a server holds than when this was created: its resident set, and for Caracal also the
 * native memory that its ledger counts.
 */
final class CrowdMemory
{
    /**
     * Fewest things for which the resident set is reported. The memory of fewer is lost among the pages that a process
     * takes for other reasons or still has from earlier.
     */
    static final int THINGS_MIN = 10_000;

    private final ServerProcess server;
    private final long resident;
    private final OptionalLong ledger;

    /** Records the memory that the server holds now. Garbage is collected first, because it would count as well. */
    CrowdMemory(final ServerProcess server)
    {
        this.server = server;
        ProcessFigures.collectGarbage(server.pid());
        resident = ProcessFigures.residentBytes(server.pid());
        ledger = CaracalKind.ledger(server);
    }

    /**
     * Adds how many bytes each of the things takes that were added since. The resident set is used only if there are at
     * least {@link #THINGS_MIN} of them.
     */
    void add(final Figures figures, final String shape, final String prefix, final int things)
    {
        final String of = server.kind().name();
        ProcessFigures.collectGarbage(server.pid());
        if (things >= THINGS_MIN)
        {
            figures.add(shape, prefix + "resident", of, "B", each(ProcessFigures.residentBytes(server.pid()) - resident,
                things));
        }

        final OptionalLong now = CaracalKind.ledger(server);
        if (now.isPresent() && ledger.isPresent())
        {
            figures.add(shape, prefix + "ledger", of, "B", each(now.getAsLong() - ledger.getAsLong(), things));
        }
    }

    private static double each(final long bytes, final int things)
    {
        return (double)bytes / things;
    }
}
