/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer: status, headers, and a body that is written after the headers.
 *
 * @param status  HTTP status.
 * @param headers by name.
 * @param length  of the body in bytes.
 * @param body    writes the body.
 */
public record Reply(int status, Map<String, String> headers, long length, BodyWriter body)
{
    /** Header with the type of the body. */
    private static final String CONTENT_TYPE = "Content-Type";

    /** Writes a body. */
    @FunctionalInterface
    public interface BodyWriter
    {
        /**
         * Writes the body.
         *
         * @param out to write to; must not be closed.
         * @throws IOException when the reader is gone, or the source fails.
         */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Creates an answer whose body is held in memory.
     *
     * @param status HTTP status.
     * @param type   content type of the body.
     * @param body   bytes.
     * @return the answer.
     */
    public static Reply of(final int status, final String type, final byte[] body)
    {
        return new Reply(status, Map.of(CONTENT_TYPE, type), body.length, out -> out.write(body));
    }

    /**
     * Creates an answer of plain text.
     *
     * @param status HTTP status.
     * @param text   for people.
     * @return the answer.
     */
    public static Reply text(final int status, final String text)
    {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the same answer with one more header.
     *
     * @param name  of the header.
     * @param value of the header.
     * @return a new answer.
     */
    public Reply header(final String name, final String value)
    {
        final Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, length, body);
    }
}
