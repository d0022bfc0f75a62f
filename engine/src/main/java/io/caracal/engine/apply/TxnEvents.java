/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import org.agrona.DirectBuffer;

/**
 * Receives the changes that applied transactions make, for those who watch znodes. The methods are called in the order
 * of the changes, before the transaction counts as applied. The znode already has its new state, or in
 * {@link #onDeleting} its last one.
 */
public interface TxnEvents
{
    /** A znode was created. */
    void onCreated(long zxid, DirectBuffer path, int offset, int length, long node);

    /** A znode is about to be deleted. Watches are notified now, while its ACL and that of its parent are at hand. */
    void onDeleting(long zxid, DirectBuffer path, int offset, int length, long node);

    /** An ephemeral znode is about to be deleted because its session ended; {@link #onDeleting} follows. */
    default void onEphemeralEnded(final long sessionId, final DirectBuffer path, final int length)
    {
    }

    /**
     * The whole tree is about to be replaced, and all sessions are about to end. Anything that refers to a znode or a
     * session, or iterates over them, must let go now. The sessions still exist during this call.
     */
    default void onReplacing(final long zxid)
    {
    }

    /** A znode has new data. */
    void onDataChanged(long zxid, DirectBuffer path, int offset, int length, long node);
}
