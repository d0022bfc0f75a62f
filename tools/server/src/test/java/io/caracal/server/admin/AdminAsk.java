/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends requests to admin servers over HTTP. */
final class AdminAsk
{
    private static final int TIMEOUT_MS = 30_000;
    private static final byte[] NOTHING = new byte[0];
    private static final HttpClient HTTP =
        HttpClient.newBuilder().connectTimeout(Duration.ofMillis(TIMEOUT_MS)).build();

    private AdminAsk()
    {
    }

    static HttpResponse<String> of(final int port, final String method, final String path, final String... headers)
        throws Exception
    {
        return of(port, method, path, NOTHING, headers);
    }

    static HttpResponse<String> of(final int port, final String method, final String path, final byte[] body,
        final String... headers) throws Exception
    {
        return HTTP.send(request(port, method, path, body, headers), HttpResponse.BodyHandlers.ofString());
    }

    /** For answers that are not text. */
    static HttpResponse<byte[]> bytes(final int port, final String path, final String... headers) throws Exception
    {
        return HTTP.send(request(port, "GET", path, NOTHING, headers), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest request(final int port, final String method, final String path, final byte[] body,
        final String... headers)
    {
        final HttpRequest.BodyPublisher publisher = body.length == 0 ? HttpRequest.BodyPublishers.noBody() :
            HttpRequest.BodyPublishers.ofByteArray(body);
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMillis(TIMEOUT_MS)).method(method, publisher);
        if (headers.length > 0)
        {
            request.headers(headers);
        }

        return request.build();
    }
}
