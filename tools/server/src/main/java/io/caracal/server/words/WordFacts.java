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
 * What words report in addition to what the engine knows.
 *
 * @param version     of the protocol and of Caracal, with the date of the build.
 * @param live        provides the settings in force, which change when the server reloads its configuration.
 * @param membership  members of the ensemble.
 * @param serverId    id of this server in the ensemble, 0 for a standalone server.
 * @param metrics     figures of the server.
 * @param dataDir     directory of this server's snapshots.
 * @param dataLogDir  directory of this server's log.
 * @param clientPort  port on which the server actually listens.
 * @param bufferBytes memory held for client connections at this moment.
 * @param startTimeNs monotonic time at which the server started.
 * @param traceMask   kept for {@code gtmk} and {@code stmk}; has no effect.
 */
public record WordFacts(String version, Supplier<Settings> live, Membership membership, long serverId,
    MetricsView metrics,
    Path dataDir, Path dataLogDir,
    IntSupplier clientPort, LongSupplier bufferBytes, long startTimeNs, AtomicLong traceMask)
{
    /** Trace mask of a new server, the same as in ZooKeeper. */
    public static final long TRACE_MASK = 306;

    /**
     * Returns the settings in force.
     *
     * @return the current settings.
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
