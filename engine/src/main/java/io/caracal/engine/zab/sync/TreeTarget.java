/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

/** Receives the steps by which a learner's tree is replaced with a snapshot of the leader. */
public interface TreeTarget
{
    /** The tree will be replaced. From now on it may serve nobody, and a snapshot of it that is under way must stop. */
    void onReplacing();

    /** A received snapshot has replaced everything on disk; loading begins. */
    void onReplaced();

    /**
     * Loads a bounded part of the snapshot.
     *
     * @return number of records loaded by this call, 0 when nothing has arrived from the disk meanwhile.
     */
    int load();

    /**
     * Whether the whole snapshot is loaded.
     *
     * @return true after the last {@link #load}.
     */
    boolean isLoaded();
}
