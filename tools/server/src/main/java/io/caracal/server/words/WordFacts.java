/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.server.config.Membership;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.metrics.MetricsView;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What words tell beside what the engine knows.
 *
 * @param version     of the protocol and of Caracal, with the date of the build.
 * @param live        gives the settings in force, which change when the server reads its configuration again.
 * @param membership  of the ensemble.
 * @param serverId    of the server in it, 0 for one that is alone.
 * @param metrics     of the server.
 * @param dataDir     folder of own snapshots.
 * @param dataLogDir  folder of the own log.
 * @param clientPort  on which the server really listens.
 * @param bufferBytes held for connections of clients at this moment.
 * @param startTimeNs monotonic time at which the server started.
 * @param traceMask   kept for {@code gtmk} and {@code stmk}, and used for nothing.
 */
public record WordFacts(String version, Supplier<Settings> live, Membership membership, long serverId,
    MetricsView metrics,
    Path dataDir, Path dataLogDir,
    IntSupplier clientPort, LongSupplier bufferBytes, long startTimeNs, AtomicLong traceMask)
{
    /** Trace mask of a fresh server, as ZooKeeper has it. */
    public static final long TRACE_MASK = 306;

    /**
     * Settings in force.
     *
     * @return a moment's view of them.
     */
    public Settings settings()
    {
        return live.get();
    }

    boolean allows(final Word word)
    {
        final List<String> whitelist = settings().list(ServerProperty.FOUR_LETTER_WORDS);
        return word == Word.SRVR || whitelist.contains("*") || whitelist.contains(word.letters()) ||
            (word == Word.ISRO && settings().flag(ServerProperty.READ_ONLY_MODE));
    }
}
