/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import org.agrona.DirectBuffer;

/**
 * What applying tells those who watch. Called in the order of the changes, before the transaction counts as applied;
 * the znode named has its new state, or for {@link #onDeleting} its last one.
 */
public interface TxnEvents
{
    /** A znode was created. */
    void onCreated(long zxid, DirectBuffer path, int offset, int length, long node);

    /** A znode is about to be deleted; watches are told now, while its ACL and its parent's are at hand. */
    void onDeleting(long zxid, DirectBuffer path, int offset, int length, long node);

    /** An ephemeral znode is about to be deleted because its session ended; {@link #onDeleting} follows. */
    default void onEphemeralEnded(final long sessionId, final DirectBuffer path, final int length)
    {
    }

    /**
     * Everything is about to be another tree, without any session: whoever holds on to a znode, to a session, or walks
     * over them, lets go. Sessions are still there.
     */
    default void onReplacing(final long zxid)
    {
    }

    /** A znode has new data. */
    void onDataChanged(long zxid, DirectBuffer path, int offset, int length, long node);
}
