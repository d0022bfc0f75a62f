/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * An operation on a register.
 *
 * @param kind      what it does.
 * @param data      written or read.
 * @param version   demanded by a write, seen by a read.
 * @param error     as its client was told.
 * @param isKnown   whether its client was told; if not, it may have happened or not, until the end of time.
 * @param invokedNs not earlier than this.
 * @param endedNs   not later than this.
 */
record RegisterStep(Kind kind, String data, int version, int error, boolean isKnown, long invokedNs, long endedNs)
{
    /** What a step does. */
    enum Kind
    {
        /** There was nothing. */
        CREATE,
        /** New data. */
        SET,
        /** There is nothing any more. */
        DELETE,
        /** Looks, after a sync. */
        READ,
        /** Is as it was at some time, whatever it is. */
        RESTORE
    }
}
