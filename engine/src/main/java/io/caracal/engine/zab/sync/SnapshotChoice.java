/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

/**
 * Decides when a learner is sent a snapshot though the log has all transactions that it lacks. Where many transactions
 * have changed few znodes, the snapshot is much shorter. Lengths are estimated, and an error costs little: even where
 * both are equally long, a learner is done with the snapshot in less than half the time, because it also has to apply
 * transactions.
 *
 * @param sparedMin how many transactions a snapshot has to spare at least.
 * @param gainMin   how many times longer than the snapshot those have to be at least.
 */
public record SnapshotChoice(long sparedMin, int gainMin)
{
    /** Fifty thousand transactions are sent and applied in less time than it takes to install a snapshot. */
    public static final SnapshotChoice DEFAULT = new SnapshotChoice(50_000, 1);

    /** No transaction takes less in the log, with everything around it. */
    private static final int TXN_LENGTH_MIN = 100;

    /**
     * Whether a snapshot is to be sent.
     *
     * @param spared         transactions that the learner lacks and the snapshot holds.
     * @param snapshotLength bytes, about.
     * @return true when it is much shorter.
     */
    public boolean isWorthwhile(final long spared, final long snapshotLength)
    {
        return spared >= sparedMin && spared * TXN_LENGTH_MIN >= gainMin * snapshotLength;
    }
}
