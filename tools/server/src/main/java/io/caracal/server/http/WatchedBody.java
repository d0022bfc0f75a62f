/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** The body that a client sends, read by one thread. A read fails when nothing arrives for too long. */
final class WatchedBody extends FilterInputStream
{
    private final SilenceWatch watch;

    WatchedBody(final InputStream in, final SilenceWatch watch)
    {
        super(in);
        this.watch = watch;
    }

    @Override
    public int read() throws IOException
    {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException
    {
        watch.begin();
        try
        {
            final int count = in.read(bytes, offset, length);
            watch.end();
            return count;
        }
        catch (final IOException ex)
        {
            throw watch.end() ? ex :
                new IOException("nothing came for " + TimeUnit.NANOSECONDS.toSeconds(watch.limitNs()) + " s", ex);
        }
    }
}
