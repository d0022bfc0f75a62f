/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.AeronException;
import io.caracal.transport.PeerContext;
import io.caracal.transport.Threading;
import io.caracal.transport.tcp.SelectIdle;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NoOpLock;

/**
 * Runs Aeron's driver and client inside this server. Their time-outs are so long that Aeron never decides who is alive;
 * the engine does. If either ends nevertheless, {@link #isLost()} says so, and both must be closed and made anew.
 */
final class EmbeddedDriver implements AutoCloseable
{
    private static final long LIVENESS_TIMEOUT_NS = TimeUnit.HOURS.toNanos(1);
    private static final long UNBLOCK_TIMEOUT_NS = TimeUnit.HOURS.toNanos(2);
    private static final int TIMEOUTS_PER_PEER_TIMEOUT = 3;
    private static final int TIMERS_PER_PEER_TIMEOUT = 10;
    /** Aeron refuses timers that are looked at more seldom than its shorter time-outs end, which take 5 s. */
    private static final long TIMER_INTERVAL_MAX_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int IPC_TERM_LENGTH = 64 << 10;
    private static final int SOCKET_BUFFER_WANTED = 4 << 20;
    private static final long START_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private final ExpectedSessions sessions = new ExpectedSessions();
    private final PeerContext context;
    private final Path directory;
    private final ErrorNews errors;
    private final SocketBuffers buffers;
    private final MediaDriver driver;
    private final AgentInvoker driverInvoker;
    private final DriverThread driverThread;
    private final Aeron aeron;
    private final AgentInvoker clientInvoker;
    private Subscription anchor;

    /**
     * Starts driver and client, and opens the socket of the streams.
     *
     * @param context   concluded.
     * @param directory of the term buffers; deleted first.
     * @param idle      of the engine's loop.
     * @param errors    receives the errors that Aeron reports.
     * @throws AeronException when the socket cannot be opened.
     */
    EmbeddedDriver(final PeerContext context, final Path directory, final SelectIdle idle, final ErrorNews errors)
    {
        this.context = context;
        this.directory = directory;
        this.errors = errors;
        final boolean isShared = context.threading() == Threading.SHARED;
        final EpochClock epochClock = new MonotonicEpochClock(context.nanoClock());
        final SelectIdle driverIdle = isShared ? idle : new SelectIdle(context.nanoClock(), context.idleMode());
        MediaDriver startedDriver = null;
        DriverThread startedThread = null;
        Aeron startedAeron = null;

        try
        {
            buffers = SocketBuffers.probe(SOCKET_BUFFER_WANTED, SOCKET_BUFFER_WANTED);
            startedDriver = MediaDriver.launch(driverContext(directory, epochClock, new SelectorRegistration(driverIdle,
                context.idleMode(), isShared)));
            if (AeronDirectory.isOnDisk(directory, context))
            {
                AeronDirectory.fillLossReport(directory);
            }
            startedThread = isShared ? null : new DriverThread(startedDriver.sharedAgentInvoker(), driverIdle,
                idle::wakeup, context, buffers);
            startedAeron = Aeron.connect(clientContext(directory, epochClock, isShared ?
                startedDriver.sharedAgentInvoker() : null));
            driver = startedDriver;
            driverThread = startedThread;
            driverInvoker = startedDriver.sharedAgentInvoker();
            aeron = startedAeron;
            clientInvoker = startedAeron.conductorAgentInvoker();
            openSocket();
        }
        catch (final Throwable ex)
        {
            // It is an error, and no exception, where no thread can be started.
            close(startedAeron, startedThread, startedDriver, driverIdle, isShared);
            AeronDirectory.delete(directory);
            throw ex;
        }
    }

    Aeron aeron()
    {
        return aeron;
    }

    ExpectedSessions sessions()
    {
        return sessions;
    }

    /** Moves packets, if the driver runs on this thread, and takes what the driver reports. */
    int invoke()
    {
        return (driverThread == null ? driverInvoker.invoke() : 0) + clientInvoker.invoke();
    }

    /** Wakes a driver that has a thread of its own, so that it sees what was committed or requested. */
    void nudge()
    {
        if (driverThread != null)
        {
            driverThread.wakeup();
        }
    }

    /** Asks a driver that has a thread of its own to empty its sockets, because this process may have been stopped. */
    void requestPass()
    {
        if (driverThread != null)
        {
            driverThread.requestPass();
        }
    }

    /** How many unread packets a socket can hold. */
    int packetsMax()
    {
        return buffers.packetsMax();
    }

    /** Whether everything that the sockets held when a pass was requested can be read now. */
    boolean isPassDone()
    {
        return driverThread == null || driverThread.isPassDone();
    }

    boolean isLost()
    {
        return aeron.isClosed() || driverInvoker.isClosed() || (driverThread != null && driverThread.isDead());
    }

    @Override
    public void close()
    {
        close(aeron, driverThread, driver, driverThread == null ? null : driverThread.idle(), driverThread == null);
        AeronDirectory.delete(directory);
    }

    private static void close(final Aeron aeron, final DriverThread thread, final MediaDriver driver,
        final SelectIdle driverIdle, final boolean isShared)
    {
        CloseHelper.quietCloseAll(aeron, thread, driver);

        if (!isShared)
        {
            CloseHelper.quietClose(driverIdle);
        }
    }

    /**
     * Opens the socket and waits for it. This is the only wait of the port. It happens at start, so that the person who
     * starts the server is told of a port in use.
     */
    private void openSocket()
    {
        final int sessionId = (int)context.processId();
        final long registrationId = aeron.asyncAddSubscription(PeerChannels.subscription(context.udpAddress(),
            sessionId),
            PeerChannels.ANCHOR_STREAM_ID);
        final long deadlineNs = context.nanoClock().nanoTime() + START_TIMEOUT_NS;
        nudge();

        while (anchor == null)
        {
            invoke();
            anchor = aeron.getSubscription(registrationId);

            if (anchor == null && context.nanoClock().nanoTime() - deadlineNs > 0)
            {
                throw new AeronException("the driver does not answer");
            }
        }
    }

    private MediaDriver.Context driverContext(final Path path, final EpochClock epochClock,
        final SelectorRegistration registration)
    {
        final long aeronTimeoutNs = TIMEOUTS_PER_PEER_TIMEOUT * context.peerTimeoutNs();

        final MediaDriver.Context driverContext = new MediaDriver.Context();
        driverContext.aeronDirectoryName(path.toString()).dirDeleteOnStart(true).dirDeleteOnShutdown(true);
        driverContext.warnIfDirectoryExists(false).errorHandler(errors);
        driverContext.threadingMode(ThreadingMode.INVOKER).asyncExecutorEnabled(false).epochClock(epochClock);

        // Aeron never decides who is alive.
        driverContext.driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(LIVENESS_TIMEOUT_NS));
        driverContext.clientLivenessTimeoutNs(LIVENESS_TIMEOUT_NS).publicationUnblockTimeoutNs(UNBLOCK_TIMEOUT_NS);
        driverContext.publicationConnectionTimeoutNs(aeronTimeoutNs).imageLivenessTimeoutNs(aeronTimeoutNs);
        driverContext.timerIntervalNs(Math.min(TIMER_INTERVAL_MAX_NS, context.peerTimeoutNs() /
            TIMERS_PER_PEER_TIMEOUT));
        driverContext.publicationLingerTimeoutNs(0).reResolutionCheckIntervalNs(0).rejoinStream(false);

        driverContext.counterValuesBufferLength(AeronDirectory.countersLength(context));
        // On the disk of the data, a page without room would end the server when that disk is full.
        driverContext.termBufferSparseFile(!AeronDirectory.isOnDisk(path, context));
        driverContext.publicationTermBufferLength(context.liveTermLength());
        driverContext.ipcTermBufferLength(IPC_TERM_LENGTH).mtuLength(context.mtuLength());
        driverContext.socketRcvbufLength(buffers.receiveLength()).socketSndbufLength(buffers.sendLength());
        driverContext.initialWindowLength(Math.min(context.windowLength(), buffers.receiveLength()));

        driverContext.congestControlSupplier(new WindowSupplier());

        driverContext.receiveChannelEndpointSupplier(
            (channel, dispatcher, status, ctx) -> new StreamReceiveEndpoint(channel, dispatcher, status, ctx,
                registration, sessions));
        driverContext.sendChannelEndpointSupplier(
            (channel, status, ctx) -> new StreamSendEndpoint(channel, status, ctx, registration));

        return driverContext;
    }

    private Aeron.Context clientContext(final Path path, final EpochClock epochClock, final AgentInvoker invoker)
    {
        final Aeron.Context clientContext = new Aeron.Context();
        clientContext.aeronDirectoryName(path.toString()).epochClock(epochClock);
        clientContext.driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(LIVENESS_TIMEOUT_NS));
        clientContext.useConductorAgentInvoker(true).driverAgentInvoker(invoker).clientLock(NoOpLock.INSTANCE);
        clientContext.closeLingerDurationNs(0).resourceLingerDurationNs(0);
        clientContext.errorHandler(errors).subscriberErrorHandler(errors);

        return clientContext;
    }
}
