/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.TransportContext;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

/** Runs a gateway on a thread of its own: holds its loop, and the sockets that another thread accepted for it. */
final class GatewayAgent implements Runnable, SocketSink
{
    private final ManyToOneConcurrentLinkedQueue<Arrival> arrivals = new ManyToOneConcurrentLinkedQueue<>();
    private final TcpGateway gateway;
    private final SelectIdle idle;
    private final RingForwarder forwarder;
    private final RingReceiver receiver;
    private final Admission admission;
    private final ErrorHandler errorHandler;
    private volatile boolean isRunning = true;
    private volatile boolean shallBeginAccepting;
    private volatile boolean shallCloseListeners;
    private volatile boolean isReleased;

    GatewayAgent(final TransportContext context, final TcpGateway gateway, final SelectIdle idle,
        final GatewayLink link,
        final Admission admission, final Runnable engineWakeup)
    {
        this.gateway = gateway;
        this.idle = idle;
        this.admission = admission;
        errorHandler = context.errorHandler();
        forwarder = new RingForwarder(link, engineWakeup);
        receiver = new RingReceiver(link, gateway, engineWakeup);
    }

    @Override
    public void run()
    {
        try
        {
            while (isRunning)
            {
                idle.idle(doWork(), Long.MAX_VALUE);
            }

            receiver.takeRest();
        }
        catch (final RuntimeException | Error fatal)
        {
            report(fatal);
        }
        finally
        {
            release();
        }
    }

    /** Takes a socket from the thread that accepted it. */
    @Override
    public void onSocket(final SocketChannel channel, final InetSocketAddress remote)
    {
        arrivals.offer(new Arrival(channel, remote));
        idle.wakeup();

        if (isReleased)
        {
            dropArrivals();
        }
    }

    TcpGateway gateway()
    {
        return gateway;
    }

    void stop()
    {
        isRunning = false;
        idle.wakeup();
    }

    void beginAccepting()
    {
        shallBeginAccepting = true;
        idle.wakeup();
    }

    void closeListeners()
    {
        shallCloseListeners = true;
        idle.wakeup();
    }

    /** Frees everything. Also called for a gateway whose thread was never started. */
    void release()
    {
        receiver.close();
        gateway.close();
        isReleased = true;
        dropArrivals();
        idle.close();
    }

    /**
     * Drops sockets that were not adopted. Called by this thread, and by the accepting thread if it hands a socket over
     * after the release.
     */
    private synchronized void dropArrivals()
    {
        Arrival arrival;

        while ((arrival = arrivals.poll()) != null)
        {
            Sockets.closeQuietly(arrival.channel());
            admission.leave(arrival.remote().getAddress());
        }
    }

    private int doWork()
    {
        int workCount = adoptArrivals();

        if (shallBeginAccepting)
        {
            shallBeginAccepting = false;
            gateway.beginAccepting();
        }

        if (shallCloseListeners)
        {
            shallCloseListeners = false;
            gateway.closeListeners();
        }

        workCount += receiver.doWork();
        workCount += forwarder.retry(gateway);
        workCount += gateway.poll(forwarder);
        forwarder.wakeEngine();

        return workCount;
    }

    private int adoptArrivals()
    {
        int workCount = 0;
        Arrival arrival;

        while (workCount < Acceptor.ACCEPT_MAX && (arrival = arrivals.poll()) != null)
        {
            gateway.adopt(arrival.channel(), arrival.remote());
            workCount++;
        }

        return workCount;
    }

    private void report(final Throwable fatal)
    {
        if (errorHandler != null)
        {
            errorHandler.onError(fatal);
        }
        else
        {
            final Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fatal);
        }
    }

    /** An accepted socket on its way to this gateway. */
    private record Arrival(SocketChannel channel, InetSocketAddress remote)
    {
    }
}
