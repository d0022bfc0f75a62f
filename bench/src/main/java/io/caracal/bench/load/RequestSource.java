/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import org.agrona.MutableDirectBuffer;

/** Produces the requests of a run. Used by one thread. */
interface RequestSource
{
    /**
     * Writes the next request.
     *
     * @param connection that will send it.
     * @param buffer     to write to; {@link RequestEncoder#frameLengthMax()} bytes are free.
     * @param index      where to write.
     * @param xid        of the request.
     * @return the length of the frame in bytes.
     */
    int next(ClientConnection connection, MutableDirectBuffer buffer, int index, int xid);

    /**
     * Returns which operation {@link #next} has just written.
     *
     * @return the operation.
     */
    Operation operation();
}
