/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * An operation on a register.
 *
 * @param kind      of the operation.
 * @param data      written or read.
 * @param version   expected by a write, seen by a read.
 * @param error     of which its client was told.
 * @param isKnown   whether its client was told the result; if not, it may take effect at any later time, or never.
 * @param invokedNs earliest time at which it took effect.
 * @param endedNs   latest time at which it took effect.
 */
record RegisterStep(Kind kind, String data, int version, int error, boolean isKnown, long invokedNs, long endedNs)
{
    /** The kind of a step. */
    enum Kind
    {
        /** Creates the znode, which does not exist. */
        CREATE,
        /** Sets new data. */
        SET,
        /** Deletes the znode. */
        DELETE,
        /** Reads the znode, after a sync. */
        READ,
        /** Restores an earlier state, in whatever state the register is. */
        RESTORE
    }
}
