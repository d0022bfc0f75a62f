/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

/** What a learner does with its tree when a snapshot of the leader takes its place. */
public interface TreeTarget
{
    /** The tree will be replaced: nobody may be served from it any more, and no snapshot of it may go on. */
    void onReplacing();

    /** A received snapshot has taken the place of everything on disk: loading begins. */
    void onReplaced();

    /**
     * Loads a bounded bite of it.
     *
     * @return records loaded by this call, 0 when nothing has come from the disk meanwhile.
     */
    int load();

    /**
     * Whether the tree is the one of the snapshot.
     *
     * @return true after the last {@link #load}.
     */
    boolean isLoaded();
}
