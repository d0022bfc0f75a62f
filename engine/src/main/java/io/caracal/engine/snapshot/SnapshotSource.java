/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

/**
 * A part of the replicated state that takes part in snapshots. Small state is written whole in {@link
 * #onWalkBegin} and is done. A large table is walked in slices: it remembers which of its rows the walk has
 * written, writes the others in {@link #walk}, and, as long as the walk runs, hands over with {@link
 * SnapshotOutput#writeBeforeImage} each row not written yet before it changes or removes it; a row that is born
 * meanwhile counts as written.
 */
public interface SnapshotSource
{
    /**
     * A walk begins; the state of this moment is what the snapshot holds. May write any number of records.
     *
     * @param output takes the records.
     * @param walk   number of the walk, greater than zero and different from that of the last walks: rows can be marked
     *               with it.
     * @return false when the output refused a record: the walk is given up, {@link #onWalkEnd} follows.
     */
    boolean onWalkBegin(SnapshotOutput output, int walk);

    /**
     * Writes a slice: rows not written yet, as long as {@link SnapshotOutput#hasRoom}.
     *
     * @param output takes the records.
     * @return true when every row is written.
     */
    boolean walk(SnapshotOutput output);

    /**
     * The walk is over, complete or not; it may not even have begun here. From now on no before-images are asked for.
     */
    void onWalkEnd();
}
