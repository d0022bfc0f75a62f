/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * The door to snapshot files: making them, receiving them from other servers, and loading them. The store works on a
 * thread of its own; it publishes a file only when it is whole, forced, and the own log is durable up to its zxid.
 */
public interface SnapshotStore extends SnapshotSink, SnapshotIntake
{
    /**
     * Delivers the newest whole snapshot, a bounded part at a time: call it again until
     * {@link SnapshotHandler#onLoadEnd}. This is done at the start, and again after each
     * {@link SnapshotHandler#onReceived}. A damaged file is passed over in favor of an older whole one when the journal
     * still holds what lies between; otherwise {@link CorruptionException}.
     *
     * @param handler receives the records.
     * @return number of records delivered by this call.
     */
    int load(SnapshotHandler handler);

    /**
     * Reports what happened to snapshots.
     *
     * @param handler receives the reports.
     * @return amount of work done, 0 when there was none.
     */
    int poll(SnapshotHandler handler);
}
