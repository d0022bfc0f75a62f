/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Reads what servers on this machine answer over HTTP without credentials. */
public final class Pages
{
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long POLL_NS = 20_000_000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Pages()
    {
    }

    public static HttpResponse<String> get(final int port, final String page) throws IOException, InterruptedException
    {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page)).timeout(LIMIT).build(),
            HttpResponse.BodyHandlers.ofString());
    }

    /** Requests a page until it contains a text; returns the page. */
    static String await(final int port, final String page, final String text) throws IOException, InterruptedException
    {
        final long beginNs = System.nanoTime();
        String body = get(port, page).body();
        while (!body.contains(text))
        {
            assertTrue(System.nanoTime() - beginNs < LIMIT.toNanos(), "waited for '" + text + "' in " + page + ":\n" +
                body);
            LockSupport.parkNanos(POLL_NS);
            body = get(port, page).body();
        }

        return body;
    }
}
