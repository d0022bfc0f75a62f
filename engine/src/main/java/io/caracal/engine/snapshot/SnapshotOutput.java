/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import org.agrona.MutableDirectBuffer;

/** Takes the records of a {@link SnapshotSource}. A record is encoded into {@link #buffer} and then written. */
public interface SnapshotOutput
{
    /**
     * Provides a buffer in which to encode the next record, from index 0.
     *
     * @param length bytes that the record may take.
     * @return a buffer of at least that length; it belongs to the output.
     */
    MutableDirectBuffer buffer(int length);

    /**
     * Whether the slice goes on.
     *
     * @return false when the slice has reached its limit of records or bytes, or a record was refused.
     */
    boolean hasRoom();

    /**
     * Writes the record in the buffer.
     *
     * @param length of the record.
     * @return false when refused: the source offers the record again in a later slice.
     */
    boolean write(int length);

    /**
     * Writes the record in the buffer, which holds what is about to change. If it is refused, the walk is over, and
     * {@link SnapshotSource#onWalkEnd} has been called when this method returns.
     *
     * @param length of the record.
     * @return false when the walk is over.
     */
    boolean writeBeforeImage(int length);
}
