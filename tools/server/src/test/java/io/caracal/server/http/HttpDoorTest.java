/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A program that tries to start a server again and again must not run out of descriptors. */
class HttpDoorTest
{
    private static final int TRIES = 40;
    /** The first value that the JDK's HTTP server is given holds for the whole process, including other tests. */
    private static final int IDLE_MS = 30_000;

    @Test
    void shouldGiveEverythingBackWhenItsPortIsTaken() throws IOException
    {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(),
                other.getLocalPort());
            final long before = descriptors();
            for (int i = 0; i < TRIES; i++)
            {
                assertThrows(BindException.class, () -> new HttpDoor("taken", taken, IDLE_MS));
            }

            assertTrue(descriptors() < before + TRIES, () -> before + " descriptors before");
        }
    }

    @Test
    void shouldGiveEverythingBackWhenItWasNeverOpened() throws IOException
    {
        final InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        final long before = descriptors();
        for (int i = 0; i < TRIES; i++)
        {
            new HttpDoor("unopened", any, IDLE_MS).close();
        }

        assertTrue(descriptors() < before + TRIES, () -> before + " descriptors before");
    }

    private static long descriptors() throws IOException
    {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd")))
        {
            return all.count();
        }
    }
}
