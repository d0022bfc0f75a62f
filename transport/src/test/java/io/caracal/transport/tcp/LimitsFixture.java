/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.TransportContext;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.CachedNanoClock;
import org.junit.jupiter.api.AfterEach;

/** A client port with limits and counted events, whose clock advances when a test says so. */
abstract class LimitsFixture
{
    static final long HANDSHAKE_NS = TimeUnit.SECONDS.toNanos(10);

    final CountingEvents events = new CountingEvents();
    final CachedNanoClock clock = new CachedNanoClock();
    TcpFixture fixture;
    EchoHandler handler;

    @AfterEach
    void close()
    {
        fixture.close();
    }

    TransportContext context()
    {
        return new TransportContext().events(events).nanoClock(clock).handshakeTimeoutNs(HANDSHAKE_NS);
    }

    void open(final TransportContext context)
    {
        fixture = new TcpFixture(context);
        handler = new EchoHandler(fixture.port(), 8);
    }

    SocketClient serve(final SocketClient client)
    {
        client.send(new byte[]{ 0, 0, 0, 1, 7 });
        await("a reply", () -> client.receive().length > 0);

        return client;
    }

    void await(final String what, final BooleanSupplier condition)
    {
        fixture.await(handler, what, condition);
    }
}
