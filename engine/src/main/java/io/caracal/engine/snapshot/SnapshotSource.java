/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

/**
 * A part of the replicated state that takes part in snapshots. Small state is written whole in {@link #onWalkBegin}. A
 * large table is walked in slices:
 * <ul>
 * <li>It remembers which of its rows the walk has written, and writes the others in {@link #walk}.</li>
 * <li>As long as the walk runs, it hands over each row that is not written yet with
 * {@link SnapshotOutput#writeBeforeImage} before it changes or removes that row.</li>
 * <li>A row that is created meanwhile counts as written.</li>
 * </ul>
 */
public interface SnapshotSource
{
    /**
     * A walk begins. The snapshot holds the state of this moment. May write any number of records.
     *
     * @param output takes the records.
     * @param walk   number of the walk, greater than zero and different from the numbers of recent walks, so that rows
     *               can be marked with it.
     * @return false when the output refused a record: the walk is given up, and {@link #onWalkEnd} follows.
     */
    boolean onWalkBegin(SnapshotOutput output, int walk);

    /**
     * Writes a slice of the rows not written yet, as long as {@link SnapshotOutput#hasRoom}.
     *
     * @param output takes the records.
     * @return true when every row is written.
     */
    boolean walk(SnapshotOutput output);

    /**
     * The walk is over, complete or not. This source may not even have seen its beginning. From now on no before-images
     * are wanted.
     */
    void onWalkEnd();
}
