/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * The door to snapshot files: making them, receiving them from other servers, and loading them. The store works on a
 * thread of its own. It publishes a file only when the file is whole and forced, and this server's own log is durable
 * up to its zxid.
 */
public interface SnapshotStore extends SnapshotSink, SnapshotIntake
{
    /**
     * Delivers the newest whole snapshot, a bounded part at a time. Call it again until
     * {@link SnapshotHandler#onLoadEnd}. This is done at start-up, and again after each
     * {@link SnapshotHandler#onReceived}. A damaged file is passed over in favor of an older whole one if the journal
     * still holds everything in between; otherwise {@link CorruptionException} is thrown.
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
