/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends four-letter words to servers. */
public final class Words
{
    private static final int TIMEOUT_MS = 30_000;

    private Words()
    {
    }

    /** Returns the whole answer of the server at a port of the loopback address; empty when there is none. */
    public static String ask(final int port, final String word) throws IOException
    {
        return ask(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), word);
    }

    static String ask(final InetSocketAddress server, final String word) throws IOException
    {
        return ask(server, word, TIMEOUT_MS);
    }

    static String ask(final InetSocketAddress server, final String word, final int timeoutMs) throws IOException
    {
        try (Socket socket = new Socket(server.getAddress(), server.getPort()))
        {
            socket.setSoTimeout(timeoutMs);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));

            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
