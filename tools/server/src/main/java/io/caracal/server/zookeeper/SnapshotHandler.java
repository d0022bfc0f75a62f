/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** Receives the content of a ZooKeeper snapshot in its order: sessions, ACLs, then znodes, parents first. */
interface SnapshotHandler
{
    /** Receives a session. */
    void onSession(long sessionId, int timeoutMs);

    /** Receives an ACL and its key. The encoded list begins at offset 0. */
    void onAcl(long key, DirectBuffer list, int length);

    /**
     * Receives a znode.
     *
     * @param path       begins at offset 0; empty for the root.
     * @param pathLength length in bytes.
     * @param data       begins at offset 0.
     * @param dataLength length in bytes, -1 for null.
     * @param aclKey     key of its ACL, -1 for the open one.
     * @param stat       its stat; valid during the call.
     */
    void onZnode(DirectBuffer path, int pathLength, DirectBuffer data, int dataLength, long aclKey, StoredStat stat)
        throws IOException;

    /** All znodes have been passed on. */
    void onZnodesEnd() throws IOException;
}
