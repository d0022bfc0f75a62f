/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import io.caracal.engine.SeededRandom;

/**
 * Says when the next snapshot is due: after half of the configured transactions, or bytes of log, plus a random
 * part of the other half, drawn anew each time, so that the servers of an ensemble do not all write at once.
 */
public final class SnapshotSchedule
{
    /** After how many times the configured transactions even a snapshot that is put off is due. */
    static final int PUT_OFF_MAX = 16;

    private SnapshotSettings settings;
    private final SeededRandom random;
    private long txnsUntilDue;
    private long bytesUntilDue;

    /**
     * A schedule that begins now.
     *
     * @param settings what is configured.
     * @param random   the server's generator.
     */
    public SnapshotSchedule(final SnapshotSettings settings, final SeededRandom random)
    {
        this.settings = settings;
        this.random = random;
        restart();
    }

    /**
     * An operator changed when snapshots are due: counting begins anew, up to another random limit. Without effect when
     * both limits are the same as before.
     *
     * @param newSettings from now on.
     */
    public void settings(final SnapshotSettings newSettings)
    {
        if (newSettings.txnCount() != settings.txnCount() || newSettings.sizeLimitBytes() != settings.sizeLimitBytes())
        {
            settings = newSettings;
            restart();
        }
    }

    /**
     * A transaction went into the log.
     *
     * @param lengthBytes of its record.
     */
    public void onTxn(final long lengthBytes)
    {
        txnsUntilDue--;
        bytesUntilDue -= lengthBytes;
    }

    /**
     * Whether a snapshot is due.
     *
     * @return true from then on until {@link #restart}.
     */
    public boolean isDue()
    {
        return txnsUntilDue < 0 || isLogLong();
    }

    /**
     * Whether a snapshot is due although there is more urgent work: the log that a restart would have to apply is long.
     *
     * @return true after {@value #PUT_OFF_MAX} times the configured transactions, or when {@link #isDue} by bytes.
     */
    public boolean isLongDue()
    {
        return txnsUntilDue < -(PUT_OFF_MAX - 1L) * settings.txnCount() || isLogLong();
    }

    private boolean isLogLong()
    {
        return settings.sizeLimitBytes() > 0 && bytesUntilDue < 0;
    }

    /** A snapshot begins: counts from here, up to another random limit. */
    public void restart()
    {
        txnsUntilDue = limit(settings.txnCount());
        bytesUntilDue = limit(Math.max(2, settings.sizeLimitBytes()));
    }

    private long limit(final long all)
    {
        final long half = all / 2;

        return half + random.nextLong(half);
    }
}
