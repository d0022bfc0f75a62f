/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests a server in steady state: no allocation per frame, and no thread runs without need. */
class SteadyStateTest
{
    private static final double ALLOCATED_BYTES_PER_FRAME_MAX = 0.1;
    private static final int ROUNDS_MAX = 8;
    private static final int FRAMES = 1_000_000;
    private static final int FRAME_LENGTH = 60;
    private static final int BATCH = 200;
    private static final int SINGLE_FRAMES = 50_000;

    /**
     * The selector of the platform would box descriptors above 127, were it not for the flag that enlarges the cache.
     */
    private static final int DESCRIPTORS_BELOW = 300;

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldAllocateNothingPerFrameOfAPipeline(final Threading threading) throws IOException
    {
        shouldAllocateNothing(threading, BATCH, FRAMES);
    }

    @Test
    void shouldAllocateNothingPerFrameThatWakesTheLoop() throws IOException
    {
        shouldAllocateNothing(Threading.SHARED, 1, SINGLE_FRAMES);
    }

    @Test
    void shouldRunNoMoreCyclesThanRequestsNeed() throws IOException
    {
        final int requests = 500;
        final int cyclesPerRequestMax = 8;

        try (TcpFixture fixture = new TcpFixture(new TransportContext());
            EchoLoop loop = new EchoLoop(fixture, FRAME_LENGTH);
            SocketChannel client = connect(fixture))
        {
            exchange(client, 1, 1);
            final long before = fixture.idle().cycleCount();
            exchange(client, 1, requests);
            assertTrue(loop.frameCount() >= requests);
            final long cycles = fixture.idle().cycleCount() - before;
            assertTrue(cycles <= (long)requests * cyclesPerRequestMax, cycles + " cycles");
        }
    }

    private static void shouldAllocateNothing(final Threading threading, final int batch, final int frames)
        throws IOException
    {
        final List<DatagramChannel> others = new ArrayList<>();

        try (TcpFixture fixture = fixtureAbove(others, threading);
            EchoLoop loop = new EchoLoop(fixture, FRAME_LENGTH);
            SocketChannel client = connect(fixture))
        {
            double perFrame = Double.MAX_VALUE;

            // Steady state begins when the compilers are done, which takes them longer if they have to wait for a core.
            // An allocation per frame would show in every round.
            for (int round = 0; round < ROUNDS_MAX && perFrame >= ALLOCATED_BYTES_PER_FRAME_MAX; round++)
            {
                final long before = loop.allocatedBytes();
                exchange(client, batch, frames);
                perFrame = (loop.allocatedBytes() - before) / (double)frames;
            }

            assertTrue(perFrame < ALLOCATED_BYTES_PER_FRAME_MAX, perFrame + " bytes per frame");
        }
        finally
        {
            for (final DatagramChannel other : others)
            {
                other.close();
            }
        }
    }

    private static TcpFixture fixtureAbove(final List<DatagramChannel> others, final Threading threading)
        throws IOException
    {
        for (int i = 0; i < DESCRIPTORS_BELOW; i++)
        {
            others.add(DatagramChannel.open());
        }

        return new TcpFixture(new TransportContext().threading(threading));
    }

    private static SocketChannel connect(final TcpFixture fixture) throws IOException
    {
        final SocketChannel client = SocketChannel.open(fixture.address());
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);

        return client;
    }

    private static void exchange(final SocketChannel client, final int batch, final int frames) throws IOException
    {
        final ByteBuffer out = ByteBuffer.allocateDirect(batch * (Integer.BYTES + FRAME_LENGTH));
        final ByteBuffer in = ByteBuffer.allocateDirect(out.capacity());

        for (int i = 0; i < batch; i++)
        {
            out.putInt(i * (Integer.BYTES + FRAME_LENGTH), FRAME_LENGTH);
        }

        for (int sent = 0; sent < frames; sent += batch)
        {
            client.write(out.clear());
            in.clear();

            while (in.hasRemaining())
            {
                assertTrue(client.read(in) > 0, "the server ended the connection");
            }
        }
    }
}
