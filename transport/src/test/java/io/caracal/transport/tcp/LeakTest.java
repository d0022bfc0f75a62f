/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.BufferPurpose;
import io.caracal.transport.Descriptors;
import io.caracal.transport.FailingThreads;
import io.caracal.transport.FreePorts;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeakTest
{
    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldLeaveNoDescriptorAndNoMemory(final Threading threading) throws IOException
    {
        round(threading);
        final long before = Descriptors.count();

        for (int i = 0; i < 5; i++)
        {
            round(threading);
        }

        // One of the JVM's own descriptors may have been closed meanwhile. Five rounds that leak would leak more than
        // that.
        final long after = Descriptors.count();
        assertTrue(after <= before, () -> "descriptors: " + before + " before, " + after);
    }

    /** The second time the port and all descriptors are free again. */
    @ParameterizedTest
    @ValueSource(ints = { 0, 1 })
    void shouldLeaveNothingWhereTheThreadsOfGatewaysCannotBeStarted(final int starts) throws IOException
    {
        round(Threading.DEDICATED);
        final long before = Descriptors.count();
        final InetSocketAddress address = new InetSocketAddress(TcpFixture.LOOPBACK.getAddress(), FreePorts.find());

        for (int i = 0; i < 2; i++)
        {
            final FailingThreads threads = new FailingThreads(starts);
            final TransportContext context = new TransportContext().threading(Threading.DEDICATED).gateways(2)
                .listen(address).threadFactory(threads).conclude();
            assertThrows(OutOfMemoryError.class, () -> new RingClientPort(context, () ->
            {
            }));
            assertFalse(threads.isAnyAlive(), "a gateway runs on");
        }

        final long after = Descriptors.count();
        assertTrue(after <= before, () -> "descriptors: " + before + " before, " + after);
    }

    @Test
    void shouldLeaveNoSocketWhoseAddressIsOfNoUse() throws IOException
    {
        final InetSocketAddress unknown = InetSocketAddress.createUnresolved("unknown", 1);
        assertThrows(UnresolvedAddressException.class, () -> new Listener(unknown, 1));
        final long before = Descriptors.count();
        assertThrows(UnresolvedAddressException.class, () -> new Listener(unknown, 1));
        final long after = Descriptors.count();
        assertTrue(after <= before, () -> "descriptors: " + before + " before, " + after);
    }

    /** Makes connections that end in every way, and some that still exist when the transport is closed. */
    private static void round(final Threading threading)
    {
        final TcpFixture fixture = new TcpFixture(new TransportContext().threading(threading).gateways(2));

        try (fixture)
        {
            final EchoHandler handler = new EchoHandler(fixture.port(), 8);

            for (int i = 0; i < 20; i++)
            {
                final SocketClient client = fixture.connect();
                client.send(new byte[]{ 0, 0, 0, 1, 1 });
                fixture.await(handler, "a reply", () -> client.receive().length > 0);
                end(fixture, client, handler.lastConnectionId(), i);
            }

            fixture.await(handler, "the ends", () -> handler.disconnectCount() == 15);
            assertEquals(0, fixture.port().memory().bytes(BufferPurpose.PARKED));
        }
    }

    private static void end(final TcpFixture fixture, final SocketClient client, final long id, final int how)
    {
        switch (how % 4)
        {
            case 0 -> client.disconnect();
            case 1 -> {
                client.send(new byte[]{ 0, 0, 1 });
                client.reset();
            }
            case 2 -> fixture.port().close(id);
            default -> client.send(new byte[]{ 0, 1, 0, 0, 5 });
        }
    }
}
