/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.Invariant;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.MultiResults;
import io.caracal.engine.protocol.ReplyLength;

/**
 * Results of a multi that failed. They follow from three numbers, so they are written only when they are needed. Every
 * server applies the transaction but only one answers, and with as many parts as a request may have the results are
 * long.
 */
final class RefusedMulti
{
    private int partCount;
    private int failedPart;
    private int errorCode;

    void refused(final int newPartCount, final int newFailedPart, final int newErrorCode)
    {
        Invariant.check(newPartCount >= 0, "a multi with less than no parts");
        partCount = newPartCount;
        failedPart = newFailedPart;
        errorCode = newErrorCode;
    }

    /** Bytes of all results, including their terminator. */
    long length()
    {
        return (long)partCount * ReplyLength.ERROR_PART + ReplyLength.PART;
    }

    /**
     * Writes the results. Parts before the failed one answer OK although they were undone; parts after it answer that
     * they were not tried. Once {@code lengthMax} bytes are written, no further result is begun.
     */
    void write(final JuteWriter target, final long lengthMax)
    {
        final int begin = target.position();
        for (int i = 0; i < partCount && target.position() - begin < lengthMax; i++)
        {
            final int error = i < failedPart ? ErrorCode.OK : ErrorCode.RUNTIME_INCONSISTENCY;
            MultiResults.errorPart(target, i == failedPart ? errorCode : error);
        }
        MultiResults.end(target);
    }
}
