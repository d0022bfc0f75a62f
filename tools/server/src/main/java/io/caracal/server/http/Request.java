/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One HTTP request. Used by the thread that answers it. */
public final class Request
{
    private final HttpExchange exchange;
    private final InputStream body;
    private final Map<String, String> parameters;

    Request(final HttpExchange exchange, final InputStream body)
    {
        this.exchange = exchange;
        this.body = body;
        this.parameters = parse(exchange.getRequestURI().getRawQuery());
    }

    /** Parses the parameters; if a name occurs twice, the last value counts. */
    private static Map<String, String> parse(final String query)
    {
        final Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null)
        {
            for (final String pair : query.split("&", -1))
            {
                final int end = pair.indexOf('=');
                if (!pair.isEmpty())
                {
                    parameters.put(decode(end < 0 ? pair : pair.substring(0, end)),
                        end < 0 ? "" : decode(pair.substring(end + 1)));
                }
            }
        }

        return parameters;
    }

    private static String decode(final String text)
    {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /**
     * The method of the request.
     *
     * @return GET, HEAD, POST and so on, in upper case.
     */
    public String method()
    {
        return exchange.getRequestMethod().toUpperCase(Locale.ROOT);
    }

    /**
     * The path without parameters.
     *
     * @return the decoded path; it begins with a slash.
     */
    public String path()
    {
        final String path = exchange.getRequestURI().getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /**
     * The path and the parameters as they were sent, for logs. Nothing is decoded, so the text contains no line break.
     *
     * @return percent-encoded.
     */
    public String target()
    {
        return exchange.getRequestURI().toString();
    }

    /**
     * Returns a parameter of the query.
     *
     * @param name of the parameter.
     * @return its value, or null.
     */
    public String parameter(final String name)
    {
        return parameters.get(name);
    }

    /**
     * Returns a header.
     *
     * @param name of the header, in any case.
     * @return its first value, or null.
     */
    public String header(final String name)
    {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /**
     * The address of the client.
     *
     * @return address of the other end of the connection.
     */
    public InetAddress remoteAddress()
    {
        return exchange.getRemoteAddress().getAddress();
    }

    /**
     * The body of the request, read as it arrives.
     *
     * @return a stream for the page to read.
     */
    public InputStream body()
    {
        return body;
    }

    /**
     * Reads the whole body.
     *
     * @param lengthMax maximum number of bytes.
     * @return the bytes, or null when there are more.
     * @throws IOException when the body cannot be read.
     */
    public byte[] body(final int lengthMax) throws IOException
    {
        final byte[] bytes = body.readNBytes(lengthMax + 1);
        return bytes.length > lengthMax ? null : bytes;
    }
}
