/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.ClientTransport;
import io.caracal.transport.DirectMemory;
import io.caracal.transport.PatientJoin;
import io.caracal.transport.TransportContext;
import io.caracal.transport.WordPort;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.ArrayUtil;

/**
 * The client transport with {@code threading=dedicated}. Gateways run on threads of their own, each connected to the
 * engine by a ring in each direction. The first gateway accepts sockets and distributes them to all gateways in turn,
 * from the first poll on. Nothing but {@link #close()} waits for a gateway. A slow client fills the bound of its own
 * connection in the gateway, never a ring.
 */
public final class RingClientPort implements ClientTransport
{
    /** Each gateway has two users of the memory: its own thread, and the engine's side of its rings. */
    private static final int SHARES_PER_GATEWAY = 2;
    private static final long STOP_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(10);

    private final DirectMemory memory;
    private final Admission admission;
    private final int claimLengthMax;
    private final long ownBytes;
    private final List<GatewayAgent> agents = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private GatewaySide[] sides = {};
    private GatewayOutbox claimedFrom;
    private int nextSocketTo;
    private int firstToPoll;
    private boolean isAccepting;
    private boolean isClosed;

    /**
     * Begins to listen and starts the threads.
     *
     * @param context      concluded.
     * @param engineWakeup wakes the engine's loop, as {@link SelectIdle#wakeup()} does; thread-safe.
     * @throws java.io.UncheckedIOException when an address cannot be listened on.
     */
    public RingClientPort(final TransportContext context, final Runnable engineWakeup)
    {
        memory = new DirectMemory(context.bufferBytesMax());
        admission = new Admission(context);
        ownBytes = ownBytes(context);
        claimLengthMax = Math.min(context.outboundMax(), context.overflowMax());

        try
        {
            build(context, engineWakeup);
            threads.forEach(Thread::start);
        }
        catch (final Throwable ex)
        {
            // It is an error, and no exception, where no more threads can be started.
            close();
            throw ex;
        }
    }

    @Override
    public int poll(final ClientHandler handler)
    {
        beginAccepting();
        int workCount = 0;

        for (int i = 0; i < sides.length; i++)
        {
            workCount += sides[(firstToPoll + i) % sides.length].poll(handler);
        }

        firstToPoll = (firstToPoll + 1) % sides.length;
        flush();

        return workCount;
    }

    @Override
    public int claim(final long connectionId, final int length)
    {
        Invariant.check(claimedFrom == null, "claim during a claim");
        final GatewaySide side = sideOf(connectionId);
        final int at = side == null ? CLOSED : side.claim(connectionId, length);

        if (at != CLOSED)
        {
            claimedFrom = side.outbox();
        }

        return at;
    }

    @Override
    public int claimLengthMax()
    {
        return claimLengthMax;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return claimedFrom.claimed();
    }

    @Override
    public void commit()
    {
        Invariant.check(claimedFrom != null, "commit without a claim");
        final GatewayOutbox outbox = claimedFrom;
        claimedFrom = null;
        outbox.commit();
    }

    @Override
    public void resume(final long connectionId)
    {
        final GatewaySide side = sideOf(connectionId);

        if (side != null)
        {
            side.resume(connectionId);
        }
    }

    @Override
    public void close(final long connectionId)
    {
        final GatewaySide side = sideOf(connectionId);

        if (side != null)
        {
            side.close(connectionId);
        }
    }

    @Override
    public int interestOps(final long connectionId)
    {
        final int index = ConnectionTable.gatewayOf(connectionId);

        return index < agents.size() ? agents.get(index).gateway().interestOps(connectionId) : 0;
    }

    @Override
    public void flush()
    {
        for (final GatewaySide side : sides)
        {
            side.outbox().flush();
        }
    }

    @Override
    public long nextDeadlineNs()
    {
        for (final GatewaySide side : sides)
        {
            if (side.hasWork())
            {
                return Long.MIN_VALUE;
            }
        }

        return Long.MAX_VALUE;
    }

    @Override
    public int answer(final long connectionId, final DirectBuffer buffer, final int offset, final int length)
    {
        final int index = ConnectionTable.gatewayOf(connectionId);

        return index < agents.size() ?
            agents.get(index).gateway().answer(connectionId, buffer, offset, length) : WordPort.GONE;
    }

    @Override
    public void finish(final long connectionId)
    {
        final int index = ConnectionTable.gatewayOf(connectionId);

        if (index < agents.size())
        {
            agents.get(index).gateway().finish(connectionId);
        }
    }

    @Override
    public List<InetSocketAddress> addresses()
    {
        return agents.get(0).gateway().addresses();
    }

    @Override
    public void closeListeners()
    {
        agents.get(0).closeListeners();
    }

    @Override
    public void connectionLimits(final int perAddressMax, final int totalMax)
    {
        admission.limits(perAddressMax, totalMax);
    }

    @Override
    public int connectionCount()
    {
        return agents.stream().mapToInt(agent -> agent.gateway().connectionCount()).sum();
    }

    @Override
    public DirectMemory memory()
    {
        return memory;
    }

    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            flush();
            agents.forEach(GatewayAgent::stop);
            threads.forEach(RingClientPort::join);
            // Each thread has released its own agent. What is left are those whose threads were never started.
            agents.forEach(GatewayAgent::release);
            releaseSides();
        }
    }

    private void build(final TransportContext context, final Runnable engineWakeup)
    {
        for (int i = 0; i < context.gateways(); i++)
        {
            add(context, i, engineWakeup);
        }

        for (int i = 0; i < context.gateways(); i++)
        {
            final Thread thread = context.threadFactory().newThread(agents.get(i));
            thread.setName("caracal-gateway-" + i);
            threads.add(thread);
        }
    }

    private void add(final TransportContext context, final int index, final Runnable engineWakeup)
    {
        final SelectIdle idle = new SelectIdle(context);

        try
        {
            final GatewayLink link = new GatewayLink(memory, context.ringLength());
            // Known before the next step can fail, so that it is released then.
            sides = ArrayUtil.add(sides, new GatewaySide(context, link, memory.share(ownBytes), idle));
            final TcpGateway gateway = new TcpGateway(context, idle, index, admission, memory.share(ownBytes),
                this::handOut, index == 0);
            agents.add(new GatewayAgent(context, gateway, idle, link, admission, engineWakeup));
        }
        catch (final Throwable ex)
        {
            idle.close();
            throw ex;
        }
    }

    /**
     * What is set aside for each user of the memory: together half of what the rings leave. Otherwise a few clients of
     * one gateway could use up what the clients of another need, and that one could end none of them. The other half is
     * for whoever needs it.
     */
    private static long ownBytes(final TransportContext context)
    {
        final long gateways = context.gateways();
        final long rings = gateways * 2 * GatewayLink.bytesOf(context.ringLength());

        return Math.max(0, context.bufferBytesMax() - rings) / 2 / (gateways * SHARES_PER_GATEWAY);
    }

    /**
     * Lets clients in. Not before the engine runs: until then the server opens what else it needs, and could not have
     * it if clients held every descriptor that the process may have.
     */
    private void beginAccepting()
    {
        if (!isAccepting)
        {
            isAccepting = true;
            agents.get(0).beginAccepting();
        }
    }

    /** Distributes sockets in turn. Called on the thread of the first gateway. */
    private void handOut(final SocketChannel channel, final InetSocketAddress remote)
    {
        agents.get(nextSocketTo).onSocket(channel, remote);
        nextSocketTo = (nextSocketTo + 1) % agents.size();
    }

    private GatewaySide sideOf(final long connectionId)
    {
        final int index = ConnectionTable.gatewayOf(connectionId);

        return index < sides.length ? sides[index] : null;
    }

    private void releaseSides()
    {
        for (final GatewaySide side : sides)
        {
            side.release();
        }
    }

    /**
     * Waits for a thread to end. Memory that a thread may still touch is never freed: an error is better than a crash.
     */
    private static void join(final Thread thread)
    {
        PatientJoin.joinOrFail(thread, STOP_TIMEOUT_MS);
    }
}
