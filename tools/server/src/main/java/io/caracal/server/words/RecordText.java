/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Text out of the variable parts of records. */
public final class RecordText
{
    /** Copies bytes out of a record. */
    @FunctionalInterface
    public interface BytesReader
    {
        /**
         * Copies.
         *
         * @param target to copy to.
         * @param offset within it.
         * @param length in bytes.
         * @return bytes copied.
         */
        int read(byte[] target, int offset, int length);
    }

    private RecordText()
    {
    }

    /**
     * Text in UTF-8.
     *
     * @param length of it in bytes.
     * @param reader copies it.
     * @return the text.
     */
    public static String path(final int length, final BytesReader reader)
    {
        final byte[] bytes = new byte[length];
        reader.read(bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The other end of a connection.
     *
     * @param address 4 or 16 bytes.
     * @param port    of it.
     * @return both.
     */
    public static InetSocketAddress remote(final byte[] address, final int port)
    {
        try
        {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        }
        catch (final UnknownHostException ex)
        {
            throw new IllegalArgumentException("address of " + address.length + " bytes", ex);
        }
    }
}
