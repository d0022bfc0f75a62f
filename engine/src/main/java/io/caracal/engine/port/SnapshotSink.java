/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/**
 * Takes the records of a snapshot while it is made. The engine walks its state in slices and hands over records; the
 * implementation writes them to a file.
 */
public interface SnapshotSink
{
    /**
     * Begins a snapshot of the state at a zxid. At most one is under way.
     *
     * @param zxid of the state.
     * @return false when refused because another is under way or there is no room on disk.
     */
    boolean begin(long zxid);

    /**
     * Hands over one record of the snapshot under way. Such records take no more than half of the available room; the
     * other half is left for before-images.
     *
     * @param buffer holds the record; copied before the call returns.
     * @param offset of the record.
     * @param length of the record in bytes.
     * @return false when refused because the writer is behind: the walk may try again later from the same place.
     */
    boolean write(DirectBuffer buffer, int offset, int length);

    /**
     * Hands over one record of the snapshot under way that cannot wait, because the state it describes is about to
     * change.
     *
     * @param buffer holds the record; copied before the call returns.
     * @param offset of the record.
     * @param length of the record in bytes.
     * @return false when there is no room at all: the caller must then {@link #abort}.
     */
    boolean writeBeforeImage(DirectBuffer buffer, int offset, int length);

    /**
     * Ends the snapshot under way: the whole state was handed over.
     *
     * @param recordCount number of records handed over.
     * @param digest      tree digest at the snapshot's zxid.
     * @return false when refused because the writer is behind; try again later.
     */
    boolean finish(long recordCount, long digest);

    /** Gives up the snapshot under way and removes what was written of it. */
    void abort();
}
