/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * The stream of an answer to a client, written by one thread. A write fails when the client takes nothing for too long.
 * Closing is left to the owner of the underlying stream.
 */
final class WatchedAnswer extends FilterOutputStream
{
    /** Number of bytes that the client must take within the limit of the watch. */
    private static final int PIECE_LENGTH = 16 << 10;

    private final SilenceWatch watch;

    WatchedAnswer(final OutputStream out, final SilenceWatch watch)
    {
        super(out);
        this.watch = watch;
    }

    @Override
    public void write(final int value) throws IOException
    {
        write(new byte[]{ (byte)value }, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException
    {
        for (int at = 0; at < length; at += PIECE_LENGTH)
        {
            writePiece(bytes, offset + at, Math.min(PIECE_LENGTH, length - at));
        }
    }

    private void writePiece(final byte[] bytes, final int offset, final int length) throws IOException
    {
        watch.begin();
        try
        {
            out.write(bytes, offset, length);
            watch.end();
        }
        catch (final IOException ex)
        {
            throw watch.end() ? ex :
                new IOException("nothing was taken for " + TimeUnit.NANOSECONDS.toSeconds(watch.limitNs()) + " s", ex);
        }
    }
}
