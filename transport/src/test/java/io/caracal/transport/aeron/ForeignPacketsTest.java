/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.SetupFlyweight;
import io.caracal.engine.port.PeerStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Tests foreign packets at the port of the streams. They must not map memory, end a link or be reported. */
class ForeignPacketsTest
{
    private static final int PACKETS = 2_000;
    private static final int TERM_LENGTH = 64 << 10;
    private static final int MTU = 1408;
    private static final int IMAGES_OF_A_LINK = 3;

    private final Random random = new Random(11);

    @Test
    void shouldPassOverWhatStrangersSend() throws IOException
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.sharedMemory(context.dataDirectory()), 1, 2);
            DatagramSocket stranger = new DatagramSocket())
        {
            cluster.start(1, 2);
            cluster.awaitLinks();

            for (int i = 0; i < PACKETS; i++)
            {
                send(cluster, stranger, garbage());
                send(cluster, stranger, setup(PeerChannels.streamId(PeerStream.LIVE)));
                send(cluster, stranger, setup(PeerChannels.ANCHOR_STREAM_ID));
                send(cluster, stranger, data());
                cluster.cycle();
            }

            cluster.exchange(1, 2);
            assertEquals(IMAGES_OF_A_LINK, imageCount(cluster.ensemble().directory(1)));
            assertEquals(List.of(), cluster.at(1).ends(2));
            assertEquals(List.of(), cluster.events().all().stream().filter(event -> event.startsWith("error"))
                .toList());
        }
    }

    private static void send(final PeerCluster cluster, final DatagramSocket stranger, final byte[] bytes)
        throws IOException
    {
        stranger.send(new DatagramPacket(bytes, bytes.length, PeerEnsemble.LOOPBACK, cluster.ensemble().ports(1)
            .udp()));
    }

    private byte[] garbage()
    {
        final byte[] bytes = new byte[1 + random.nextInt(MTU)];
        random.nextBytes(bytes);

        return bytes;
    }

    private byte[] setup(final int streamId)
    {
        final SetupFlyweight setup = new SetupFlyweight(ByteBuffer.allocate(SetupFlyweight.HEADER_LENGTH));
        setup.sessionId(random.nextInt()).streamId(streamId).initialTermId(1).activeTermId(1).termOffset(0)
            .termLength(TERM_LENGTH).mtuLength(MTU).version(SetupFlyweight.CURRENT_VERSION)
            .headerType(SetupFlyweight.HDR_TYPE_SETUP)
            .frameLength(SetupFlyweight.HEADER_LENGTH);

        return bytes(setup);
    }

    private byte[] data()
    {
        final int length = DataHeaderFlyweight.HEADER_LENGTH + 32;
        final DataHeaderFlyweight data = new DataHeaderFlyweight(ByteBuffer.allocate(length));
        data.sessionId(random.nextInt()).streamId(PeerChannels.streamId(PeerStream.LIVE)).termId(1).termOffset(0)
            .version(DataHeaderFlyweight.CURRENT_VERSION).flags(DataHeaderFlyweight.BEGIN_AND_END_FLAGS)
            .headerType(DataHeaderFlyweight.HDR_TYPE_DATA).frameLength(length);

        return bytes(data);
    }

    private static byte[] bytes(final UnsafeBuffer buffer)
    {
        final byte[] bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);

        return bytes;
    }

    private static long imageCount(final Path parent) throws IOException
    {
        try (Stream<Path> files = Files.walk(parent))
        {
            return files.filter(file -> file.getParent().endsWith("images")).count();
        }
    }
}
