/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/** Is told the outcome of receiving a snapshot from another server. */
interface SnapshotReceiver
{
    /** The snapshot is complete and has replaced everything on disk. */
    void onReceived(long zxid);

    /** The snapshot could not be stored; everything is as it was before. */
    void onReceiveFailed();
}
