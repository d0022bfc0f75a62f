/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.report.Figures;

import io.caracal.bench.servers.CaracalKind;
import io.caracal.bench.servers.ProcessFigures;
import io.caracal.bench.servers.ServerProcess;
import java.util.OptionalLong;

/**
 * Measures how much more memory a server holds than at an earlier moment: resident set, and native memory by Caracal's
 * ledger.
 */
final class CrowdMemory
{
    /** Fewer things than this drown in the pages that a process takes for other reasons, or has from earlier. */
    static final int THINGS_MIN = 10_000;

    private final ServerProcess server;
    private final long resident;
    private final OptionalLong ledger;

    /** Takes this as the earlier moment. Garbage is collected first, because it would count as well. */
    CrowdMemory(final ServerProcess server)
    {
        this.server = server;
        ProcessFigures.collectGarbage(server.pid());
        resident = ProcessFigures.residentBytes(server.pid());
        ledger = CaracalKind.ledger(server);
    }

    /**
     * Adds how many bytes each of the things takes that have come since; by the resident set only if there are enough
     * of them.
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
