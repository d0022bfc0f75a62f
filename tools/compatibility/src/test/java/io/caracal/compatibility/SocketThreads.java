/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;

/** Threads that serve the sockets of a test and end with them. */
public final class SocketThreads
{
    private SocketThreads()
    {
    }

    /** Work of a thread that ends when its socket does. */
    @FunctionalInterface
    public interface Work
    {
        void run() throws IOException;
    }

    /** Starts a thread. A closed socket ends it; any other failure is reported as uncaught. */
    public static void start(final String name, final Work work)
    {
        final Thread thread = new Thread(() ->
        {
            try
            {
                work.run();
            }
            catch (final SocketException | EOFException ex)
            {
                Thread.currentThread().interrupt(); // The end of one side is the end of both.
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
    }
}
