/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Converts the variable-length parts of records to text. */
public final class RecordText
{
    /** Copies bytes out of a record. */
    @FunctionalInterface
    public interface BytesReader
    {
        /**
         * Copies bytes.
         *
         * @param target array to copy to.
         * @param offset offset within the array.
         * @param length number of bytes to copy.
         * @return number of bytes copied.
         */
        int read(byte[] target, int offset, int length);
    }

    private RecordText()
    {
    }

    /**
     * Reads text in UTF-8.
     *
     * @param length in bytes.
     * @param reader copies the bytes.
     * @return the text.
     */
    public static String path(final int length, final BytesReader reader)
    {
        final byte[] bytes = new byte[length];
        reader.read(bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Returns the remote address of a connection.
     *
     * @param address 4 or 16 bytes.
     * @param port    the port.
     * @return address and port.
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
