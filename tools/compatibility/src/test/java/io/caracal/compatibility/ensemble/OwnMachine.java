/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import io.caracal.compatibility.Loopback;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs all servers on the loopback address of this machine, which nothing can cut. */
final class OwnMachine implements Place
{
    private static final int TIMEOUT_MS = 5_000;

    @Override
    public String host(final int id)
    {
        return "127.0.0.1";
    }

    @Override
    public List<String> launcher(final int id)
    {
        return List.of();
    }

    @Override
    public String ask(final int id, final int port, final String word)
    {
        try (Socket socket = new Socket())
        {
            socket.connect(Loopback.port(port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            return "";
        }
    }
}
