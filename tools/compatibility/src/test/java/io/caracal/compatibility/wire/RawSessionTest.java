/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.compatibility.Loopback;
import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A refusal is reported as such, wherever in the handshake it reaches the client. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RawSessionTest
{
    /** About one in five of such refusals arrives before the client knows that it is connected. */
    private static final int TRIES = 500;

    @Test
    void shouldTellARefusalAsSuchWheneverItComes() throws IOException
    {
        try (ServerSocket refusing = new ServerSocket(0, TRIES, InetAddress.getLoopbackAddress()))
        {
            final Thread server = new Thread(() -> refuse(refusing), "refusing-server");
            server.setDaemon(true);
            server.start();

            final InetSocketAddress address = (InetSocketAddress)refusing.getLocalSocketAddress();

            for (int i = 0; i < TRIES; i++)
            {
                assertEquals(RawSession.UNANSWERED,
                    assertThrows(IOException.class, () -> RawSession.open(address, 1000)).getMessage());
            }
        }
    }

    @Test
    void shouldNotTakeAnAbsentServerForOneThatRefuses() throws IOException
    {
        final InetSocketAddress address = Loopback.port(FreePorts.find());

        assertThrows(ConnectException.class, () -> RawSession.open(address, 1000));
    }

    /** Ends each connection in both ways at once: with a FIN, then with a reset. */
    private static void refuse(final ServerSocket server)
    {
        try
        {
            for (int i = 0; i < TRIES; i++)
            {
                try (Socket connection = server.accept())
                {
                    connection.shutdownOutput();
                    connection.setSoLinger(true, 0);
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
