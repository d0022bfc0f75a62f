/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import org.agrona.MutableDirectBuffer;

/** Where a {@link SnapshotSource} puts its records. A record is encoded into {@link #buffer} and then written. */
public interface SnapshotOutput
{
    /**
     * Where to encode the next record, at index 0.
     *
     * @param length bytes that the record may take.
     * @return a buffer of at least that length; it belongs to the output.
     */
    MutableDirectBuffer buffer(int length);

    /**
     * Whether the slice goes on.
     *
     * @return false when as many records were written as the slice may have, or one was refused.
     */
    boolean hasRoom();

    /**
     * Writes the record in the buffer.
     *
     * @param length of the record.
     * @return false when refused: the source comes back to it in a later slice.
     */
    boolean write(int length);

    /**
     * Writes the record in the buffer, which holds what is about to change. If it is refused, the walk is over,
     * and {@link SnapshotSource#onWalkEnd} was called when this returns.
     *
     * @param length of the record.
     * @return false when the walk is over.
     */
    boolean writeBeforeImage(int length);
}
