/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

/**
 * Decides when a learner is sent a snapshot although the log holds all transactions that it lacks. Where many
 * transactions have changed few znodes, the snapshot is much shorter. Lengths are estimated, and a wrong estimate costs
 * little: even when both are equally long, the snapshot takes the learner less than half the time, because transactions
 * must also be applied.
 *
 * @param sparedMin smallest number of transactions that a snapshot must save.
 * @param gainMin   how many times longer than the snapshot these transactions must be at least.
 */
public record SnapshotChoice(long sparedMin, int gainMin)
{
    /** Up to fifty thousand transactions are sent and applied in less time than it takes to install a snapshot. */
    public static final SnapshotChoice DEFAULT = new SnapshotChoice(50_000, 1);

    /** Bytes that even the shortest transaction takes in the log, including all framing. */
    private static final int TXN_LENGTH_MIN = 100;

    /**
     * Whether to send a snapshot.
     *
     * @param spared         number of transactions that the learner lacks and the snapshot covers.
     * @param snapshotLength approximate length in bytes.
     * @return true when the snapshot is sufficiently shorter.
     */
    public boolean isWorthwhile(final long spared, final long snapshotLength)
    {
        return spared >= sparedMin && spared * TXN_LENGTH_MIN >= gainMin * snapshotLength;
    }
}
