/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** Receives what a snapshot of ZooKeeper's holds, in its order: sessions, ACLs, then znodes, parents first. */
interface SnapshotHandler
{
    /** A session. */
    void onSession(long sessionId, int timeoutMs);

    /** An ACL by its number; the encoded list begins at 0. */
    void onAcl(long key, DirectBuffer list, int length);

    /**
     * A znode.
     *
     * @param path       begins at 0; empty for the root.
     * @param pathLength bytes.
     * @param data       begins at 0.
     * @param dataLength bytes, -1 for null.
     * @param aclKey     number of its ACL, -1 for the open one.
     * @param stat       the rest; valid during the call.
     */
    void onZnode(DirectBuffer path, int pathLength, DirectBuffer data, int dataLength, long aclKey, StoredStat stat)
        throws IOException;

    /** All znodes came. */
    void onZnodesEnd() throws IOException;
}
