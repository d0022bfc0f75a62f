/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.record.PathSampling;
import java.util.concurrent.TimeUnit;

/** Translates the settings of path statistics. */
final class PathKeys
{
    private PathKeys()
    {
    }

    static PathSampling of(final Settings settings)
    {
        if (!settings.flag(ServerProperty.PATH_STATS))
        {
            return PathSampling.OFF;
        }

        return new PathSampling(settings.decimal(ServerProperty.PATH_STATS_SHARE),
            settings.integer(ServerProperty.PATH_STATS_SLOTS),
            TimeUnit.SECONDS.toNanos(settings.integer(ServerProperty.PATH_STATS_SLOT_LENGTH)),
            settings.integer(ServerProperty.PATH_STATS_DEPTH),
            settings.integer(ServerProperty.PATH_STATS_TOP), minutes(settings, ServerProperty.PATH_STATS_FIRST),
            minutes(settings, ServerProperty.PATH_STATS_DELAY));
    }

    private static long minutes(final Settings settings, final ServerProperty property)
    {
        return TimeUnit.MINUTES.toNanos(settings.integer(property));
    }
}
