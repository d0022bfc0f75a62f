/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.caracal.engine.port.ClientHandler;
import io.caracal.simulator.contract.ClientPortFixture;
import io.caracal.transport.ClientTransport;
import io.caracal.transport.TransportContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** A client transport over loopback, with its clients. Closing it asserts that all memory was freed. */
final class TcpFixture implements ClientPortFixture
{
    static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final List<SocketClient> clients = new ArrayList<>();
    private final SelectIdle idle;
    private final ClientTransport transport;

    TcpFixture(final TransportContext context)
    {
        context.listen(LOOPBACK).conclude();
        idle = new SelectIdle(context);
        transport = TcpTransport.open(context, idle);
    }

    @Override
    public ClientTransport port()
    {
        return transport;
    }

    @Override
    public SocketClient connect()
    {
        return track(new SocketClient(address()));
    }

    SocketClient connectFrom(final String source)
    {
        return track(new SocketClient(new InetSocketAddress(source, 0), address()));
    }

    InetSocketAddress address()
    {
        return transport.addresses().get(0);
    }

    SelectIdle idle()
    {
        return idle;
    }

    /** Polls until a condition holds. */
    void await(final ClientHandler handler, final String what, final BooleanSupplier condition)
    {
        await(what, condition, () -> transport.poll(handler));
    }

    /** Waits for work that gateways do by themselves, without polling what they have for the engine. */
    void awaitUnpolled(final String what, final BooleanSupplier condition)
    {
        await(what, condition, () -> 0);
    }

    private static void await(final String what, final BooleanSupplier condition, final IntSupplier poll)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;

        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                fail("waited in vain for " + what);
            }

            if (poll.getAsInt() == 0)
            {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    @Override
    public void close()
    {
        transport.close();
        idle.close();
        clients.forEach(SocketClient::close);
        assertEquals(0, transport.memory().totalBytes(), "direct memory is left");
    }

    private SocketClient track(final SocketClient client)
    {
        clients.add(client);

        return client;
    }
}
