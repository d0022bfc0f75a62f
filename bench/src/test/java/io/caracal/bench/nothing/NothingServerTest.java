/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.transport.FreePorts;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class NothingServerTest
{
    private static final long FILE_LENGTH = 1 << 20;
    private static final int CONNECT_LENGTH = 44;
    /** Length word, xid, zxid and error code. */
    private static final int REPLY_LENGTH = 20;

    @TempDir
    private Path dir;

    /** A measurement of a server that failed must not look like one that ended well. */
    @Test
    void shouldTellWhatEndedItsThread() throws IOException
    {
        final NothingServer server = new NothingServer(loopback(), dir.resolve("forced"), FILE_LENGTH, Forcing.NONE,
            0, null);
        try (Socket client = connected(server))
        {
            assertEquals(-1, client.getInputStream().read(), "there is nothing to answer with");
        }

        final IllegalStateException thrown = assertThrows(IllegalStateException.class, server::join);
        assertInstanceOf(NullPointerException.class, thrown.getCause());
        assertTrue(thrown.getMessage().contains("NullPointerException"), thrown.getMessage());
    }

    @Test
    void shouldLeaveItsPortWhenItsFileCannotBeOpened() throws IOException
    {
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.find());
        final Path file = dir.resolve("gone").resolve("forced");
        assertThrows(NoSuchFileException.class, () -> new NothingServer(address, file, FILE_LENGTH, Forcing.AUTO, 0));

        try (ServerSocket next = new ServerSocket())
        {
            next.bind(address);
        }
    }

    @Test
    void shouldRefuseACreateThatEndsBeforeItsPath()
    {
        final UnsafeBuffer request = new UnsafeBuffer(new byte[2 * Integer.BYTES]);
        request.putInt(Integer.BYTES, OpCode.CREATE, BIG_ENDIAN);
        final CannedReplies replies = new CannedReplies(0, 0);
        final UnsafeBuffer reply = new UnsafeBuffer(new byte[replies.replyLengthMax(request.capacity())]);

        assertEquals(REPLY_LENGTH, replies.reply(request, 0, request.capacity(), reply, 0));
        assertEquals(ErrorCode.MARSHALLING_ERROR, reply.getInt(REPLY_LENGTH - Integer.BYTES, BIG_ENDIAN));
    }

    private static Socket connected(final NothingServer server) throws IOException
    {
        final Socket client = new Socket(server.address().getAddress(), server.address().getPort());
        final DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeInt(CONNECT_LENGTH);
        out.write(new byte[CONNECT_LENGTH]);
        return client;
    }

    private static InetSocketAddress loopback()
    {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
