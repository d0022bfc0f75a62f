/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks admin servers, and connects clients to what is behind them. */
final class AdminAsk
{
    private static final int TIMEOUT_MS = 30_000;
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private AdminAsk()
    {
    }

    static HttpResponse<String> of(final int port, final String method, final String path, final String... headers)
        throws Exception
    {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMillis(TIMEOUT_MS)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0)
        {
            request.headers(headers);
        }

        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
