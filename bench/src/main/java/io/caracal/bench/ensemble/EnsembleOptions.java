/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.bench.run.RunOptions;

import picocli.CommandLine.Option;

/** Options of comparisons of ensembles. */
public final class EnsembleOptions
{
    private static final int SIZE_MAX = 9;

    @Option(names = "--size", description = "Servers of each ensemble (default ${DEFAULT-VALUE}).")
    private int size = 3;

    @Option(names = "--kills", description = "Changes of leader by each means (default 30, quick 3).")
    private Long changes;

    @Option(names = "--silence", paramLabel = "MS", description = "After which the session at a leader that hangs " +
        "goes to the next server (default ${DEFAULT-VALUE}).")
    private Long silenceMs = 400L;

    @Option(names = "--missed",
        description = "Transactions that a follower misses before it catches up (default 1000000, quick 100000).")
    private Long missed;

    @Option(names = "--sessions",
        description = "Of sessions-reconnect and watchers, at all servers in turn (default ${DEFAULT-VALUE}).")
    private Long sessions = 3_000L;

    @Option(names = "--islands", description = "Puts each server into a network name space of its own, behind a " +
        "bridge; failover-cut needs it, and it needs the commands ip and unshare.")
    private boolean isApart;

    boolean isApart()
    {
        return isApart;
    }

    int size()
    {
        if (size < 2 || size > SIZE_MAX)
        {
            throw new IllegalArgumentException("--size is 2 to " + SIZE_MAX);
        }

        return size;
    }

    EnsembleSettings settings(final RunOptions run, final int changesFull, final int changesBrief)
    {
        return new EnsembleSettings(size(), run.isForced(), run.rounds(), (int)run.or("--kills", changes,
            changesFull, changesBrief), run.warmUpMs(), run.durationMs(), run.or("--silence", silenceMs, 0, 0),
            run.or("--missed", missed, 1_000_000, 100_000), (int)run.or("--sessions", sessions, 0, 0), isApart);
    }
}
