/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

/**
 * When a learner whose history could go on is sent a snapshot all the same, because that is shorter: many changes to
 * few znodes need not be made again one by one. Lengths are estimates, and an error costs little: of two that are about
 * as long, the snapshot is there in less than half the time, because transactions are also applied.
 *
 * @param sparedMin least number of transactions that a snapshot spares.
 * @param gainMin   so many times longer than the snapshot those have to be at least.
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
