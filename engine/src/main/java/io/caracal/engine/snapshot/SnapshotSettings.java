/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

/**
 * Configures when snapshots are taken.
 *
 * @param txnCount       snapCount, 2 or more: a snapshot is due after half of this many transactions at the earliest,
 *                       after all of them at the latest.
 * @param sizeLimitBytes snapSizeLimitInKb in bytes: the same for the bytes of the log; zero or less switches this limit
 *                       off.
 * @param bytesPerSecond how fast a snapshot is written, {@link #BYTES_PER_SECOND_MAX} at most; 0 for no limit.
 */
public record SnapshotSettings(int txnCount, long sizeLimitBytes, long bytesPerSecond)
{
    /** Default for {@link #bytesPerSecond}: a tree of a million small znodes takes four seconds. */
    public static final long BYTES_PER_SECOND_DEFAULT = 64L * 1024 * 1024;

    /** Largest {@link #bytesPerSecond}. */
    public static final long BYTES_PER_SECOND_MAX = 1L << 32;

    /** Validates. */
    public SnapshotSettings
    {
        if (txnCount < 2)
        {
            throw new IllegalArgumentException("snapCount " + txnCount + " is less than 2");
        }
        if (bytesPerSecond < 0 || bytesPerSecond > BYTES_PER_SECOND_MAX)
        {
            throw new IllegalArgumentException("snapshots of " + bytesPerSecond + " bytes a second");
        }
    }
}
