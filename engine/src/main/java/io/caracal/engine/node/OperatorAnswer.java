/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.operator.codec.BooleanType;
import org.agrona.MutableDirectBuffer;

/**
 * The answer to one query, record by record. The state may change in between; each record is true when it is made.
 */
interface OperatorAnswer extends AutoCloseable
{
    /** There are no more records. */
    int END = -1;

    /** No record this time, but there may be more. */
    int NOTHING = 0;

    /** Encodes the next record at offset 0. Returns its length, {@link #NOTHING} or {@link #END}. */
    int next(MutableDirectBuffer record);

    /** Converts a flag of a record. */
    static BooleanType flag(final boolean isSo)
    {
        return isSo ? BooleanType.T : BooleanType.F;
    }

    @Override
    default void close()
    {
        // Most answers hold no resources.
    }
}
