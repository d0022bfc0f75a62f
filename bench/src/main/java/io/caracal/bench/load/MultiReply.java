/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.ReplyLength;

import org.agrona.DirectBuffer;

/** Finds the error in the reply to a multi, whose header does not tell whether its parts succeeded. */
final class MultiReply
{
    private static final int ERROR_LENGTH = ReplyLength.ERROR_PART;

    private MultiReply()
    {
    }

    /**
     * Returns the error of a multi. When a multi has failed, all its results are errors; the cause is the one that is
     * neither 0 nor "not run".
     */
    static int error(final DirectBuffer buffer, final int offset, final int limit)
    {
        int at = offset;
        while (at + ERROR_LENGTH <= limit && buffer.getInt(at, BIG_ENDIAN) == OpCode.ERROR &&
            buffer.getByte(at + 4) == 0)
        {
            final int error = buffer.getInt(at + 5, BIG_ENDIAN);
            if (error != ErrorCode.OK && error != ErrorCode.RUNTIME_INCONSISTENCY)
            {
                return error;
            }
            at += ERROR_LENGTH;
        }

        return ErrorCode.OK;
    }
}
