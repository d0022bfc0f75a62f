/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests ports for servers that begin to listen later, or again. */
class FreePortsTest
{
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void shouldGiveNoPortThatTheSystemMayGiveToAnother()
    {
        final FreePorts.Range own = FreePorts.Range.outside(FreePorts.systemRange());

        assertTrue(Arrays.stream(FreePorts.find(50)).allMatch(own::contains), own::toString);
    }

    @Test
    void shouldGiveEachPortOnce()
    {
        final int[] ports = IntStream.range(0, 20).flatMap(round -> Arrays.stream(FreePorts.find(10))).toArray();

        assertEquals(200, Arrays.stream(ports).distinct().count(), () -> Arrays.toString(ports));
    }

    @Test
    void shouldPassOverTakenPorts() throws IOException
    {
        final int port = FreePorts.find();
        final FreePorts ports = new FreePorts(new FreePorts.Range(port, port + 20), 0);

        try (ServerSocket taken = new ServerSocket(port, 1, LOOPBACK))
        {
            assertTrue(ports.take(1)[0] > taken.getLocalPort());
        }
    }

    @Test
    void shouldSayWhenThereAreTooFew() throws IOException
    {
        final int port = FreePorts.find();
        final FreePorts ports = new FreePorts(new FreePorts.Range(port, port), 0);

        try (ServerSocket taken = new ServerSocket(port, 1, LOOPBACK))
        {
            final UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> ports.take(1));

            assertTrue(failure.getMessage().contains("of 1 ports only 0 were found free from " +
                taken.getLocalPort()), failure.getMessage());
        }
    }

    @Test
    void shouldBeginAnewAfterTheLast()
    {
        final int port = FreePorts.find();

        assertEquals(port, new FreePorts(new FreePorts.Range(port, port), Integer.MAX_VALUE).take(1)[0]);
    }

    @Test
    void shouldKeepToTheLargerPartOutsideOfTheSystemsRange()
    {
        assertEquals(new FreePorts.Range(10_000, 32_767), FreePorts.Range.outside(new FreePorts.Range(32_768, 60_999)));
        assertEquals(new FreePorts.Range(40_001, 65_535), FreePorts.Range.outside(new FreePorts.Range(1024, 40_000)));
    }

    @Test
    void shouldTakeAnyPortWhereTheSystemGivesAll()
    {
        assertEquals(new FreePorts.Range(10_000, 65_535), FreePorts.Range.outside(new FreePorts.Range(1024, 65_535)));
    }
}
