/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import io.caracal.engine.SeededRandom;

/**
 * Decides when the next snapshot is due: after half of the configured transactions, or bytes of log, plus a random part
 * of the other half. The random part is drawn anew each time, so that the servers of an ensemble do not all write at
 * once.
 */
public final class SnapshotSchedule
{
    /** A snapshot that is put off becomes due after this many times the configured transactions. */
    static final int PUT_OFF_MAX = 16;

    private SnapshotSettings settings;
    private final SeededRandom random;
    private long txnsUntilDue;
    private long bytesUntilDue;

    /**
     * Creates a schedule that begins now.
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
     * An operator changed when snapshots are due. Counting begins anew, up to another random limit. Has no effect when
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
     * A transaction was logged.
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
     * @return true from the moment it is due until {@link #restart}.
     */
    public boolean isDue()
    {
        return txnsUntilDue < 0 || isLogLong();
    }

    /**
     * Whether a snapshot is due even though there is more urgent work, because the log that a restart would have to
     * apply is long.
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
