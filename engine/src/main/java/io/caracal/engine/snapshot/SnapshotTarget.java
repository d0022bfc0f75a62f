/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import org.agrona.DirectBuffer;

/** Receives the parts of a loaded snapshot that are not part of the tree. */
public interface SnapshotTarget
{
    /** A load begins, possibly again: forget everything. */
    void onReset();

    /**
     * A session.
     *
     * @param sessionId    its id.
     * @param timeoutMs    its time-out.
     * @param ownerServer  server that held it.
     * @param attachNumber how often it had moved.
     * @param isImported   whether it came with ZooKeeper's data, and its password with it.
     */
    void onSession(long sessionId, int timeoutMs, long ownerServer, long attachNumber, boolean isImported);

    /**
     * The last request of an origin.
     *
     * @param serverId    origin.
     * @param incarnation its start counter.
     * @param sequence    of the request.
     */
    void onOrigin(long serverId, long incarnation, long sequence);

    /**
     * The last transaction of an epoch. Epochs come in ascending order.
     *
     * @param zxid    of the transaction.
     * @param isFirst whether nothing was ever logged in an earlier epoch.
     */
    void onEpochEnd(long zxid, boolean isFirst);

    /**
     * The secret under which session passwords are made.
     *
     * @param buffer holds it, valid during the call.
     * @param offset of it.
     * @param length of it.
     */
    void onSecret(DirectBuffer buffer, int offset, int length);
}
