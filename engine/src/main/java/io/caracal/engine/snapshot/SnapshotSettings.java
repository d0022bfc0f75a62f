/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

/**
 * When snapshots are taken.
 *
 * @param txnCount       snapCount: one is due after half of this many transactions at the earliest, after all of
 *                       them at the latest; 2 or more.
 * @param sizeLimitBytes snapSizeLimitInKb in bytes: the same for the bytes of the log; zero or less switches this
 *                       off.
 */
public record SnapshotSettings(int txnCount, long sizeLimitBytes)
{
    /** ZooKeeper's default for {@link #txnCount}. */
    public static final int TXN_COUNT_DEFAULT = 100_000;

    /** ZooKeeper's default for {@link #sizeLimitBytes}. */
    public static final long SIZE_LIMIT_BYTES_DEFAULT = 4L * 1024 * 1024 * 1024;

    /** Validates. */
    public SnapshotSettings
    {
        if (txnCount < 2)
        {
            throw new IllegalArgumentException("snapCount " + txnCount + " is less than 2");
        }
    }
}
