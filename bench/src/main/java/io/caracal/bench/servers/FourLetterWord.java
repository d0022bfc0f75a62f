/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.OptionalLong;

/** Sends four-letter words to servers. */
public final class FourLetterWord
{
    private static final int TIMEOUT_MS = 2_000;

    private FourLetterWord()
    {
    }

    /**
     * Returns the whole answer to a word.
     *
     * @param address of the server.
     * @param word    four letters.
     * @return the answer; empty when the server does not listen or does not answer.
     */
    public static Optional<String> ask(final InetSocketAddress address, final String word)
    {
        try (Socket socket = new Socket())
        {
            socket.connect(address, TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(word.getBytes(US_ASCII));
            socket.getOutputStream().flush();
            return Optional.of(new String(socket.getInputStream().readAllBytes(), US_ASCII));
        }
        catch (final IOException ex)
        {
            return Optional.empty();
        }
    }

    /**
     * Whether a server serves clients.
     *
     * @param address of the server.
     * @return true when the server tells its mode.
     */
    public static boolean isServing(final InetSocketAddress address)
    {
        return ask(address, "srvr").filter(answer -> answer.contains("\nMode: ")).isPresent();
    }

    /**
     * Returns one number of the answer to {@code mntr}.
     *
     * @param address of the server.
     * @param key     of the line.
     * @return the number; empty when there is no such line.
     */
    public static OptionalLong monitored(final InetSocketAddress address, final String key)
    {
        return ask(address, "mntr").stream().flatMap(String::lines)
            .filter(line -> line.startsWith(key + "\t"))
            .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1).trim())).findFirst();
    }
}
