/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import java.nio.charset.StandardCharsets;

/** Text out of the variable parts of records. */
final class RecordText
{
    /** Copies bytes out of a record. */
    @FunctionalInterface
    interface BytesReader
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

    static String path(final int length, final BytesReader reader)
    {
        final byte[] bytes = new byte[length];
        reader.read(bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
