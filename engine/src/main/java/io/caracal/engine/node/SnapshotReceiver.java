/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/** Is told what became of a snapshot that another server sent. */
interface SnapshotReceiver
{
    /** It has taken the place of everything on disk. */
    void onReceived(long zxid);

    /** It could not be taken over; everything is as it was before. */
    void onReceiveFailed();
}
