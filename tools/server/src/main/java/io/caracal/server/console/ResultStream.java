/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.console;

import io.caracal.journal.disk.SystemRefusal;
import java.io.IOException;
import java.io.OutputStream;

/** Remembers why results could not be written; a {@link java.io.PrintStream} only remembers that they could not. */
public final class ResultStream extends OutputStream
{
    private final OutputStream out;
    private IOException failure;

    /**
     * Creates a stream.
     *
     * @param out takes the results; stays open.
     */
    public ResultStream(final OutputStream out)
    {
        this.out = out;
    }

    @Override
    public void write(final int octet) throws IOException
    {
        write(new byte[]{ (byte)octet }, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException
    {
        try
        {
            out.write(bytes, offset, length);
        }
        catch (final IOException ex)
        {
            failure = failure == null ? ex : failure;
            throw ex;
        }
    }

    @Override
    public void flush() throws IOException
    {
        try
        {
            out.flush();
        }
        catch (final IOException ex)
        {
            failure = failure == null ? ex : failure;
            throw ex;
        }
    }

    /**
     * Whether a write has failed.
     *
     * @return true when it makes no sense to go on.
     */
    public boolean isBroken()
    {
        return failure != null;
    }

    /**
     * Explains why results are lost that somebody wants.
     *
     * @return a line for people; null when nothing is lost, or nobody reads the results any more.
     */
    public String lost()
    {
        return failure == null || SystemRefusal.BROKEN_PIPE.isToldBy(failure) ? null :
            "what was found could not be written (" + failure.getMessage() +
                "); make room where it goes, then run this again";
    }
}
