/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.words.OperatorBridge;
import io.caracal.server.words.OperatorCall;
import io.caracal.server.words.QuotaFigures;
import io.caracal.server.words.ServerStatus;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Queries the engine on behalf of a thread that waits for the answer. At most {@value #CALLS_MAX} calls run at a time,
 * so that four-letter words always find room on the bridge, and one more that asks for the status.
 */
public final class EngineReader
{
    /** Maximum number of calls at a time besides that for the status; further threads wait. */
    public static final int CALLS_MAX = 4;

    private static final DirectBuffer NO_DETAILS = new UnsafeBuffer(0, 0);
    private static final long SILENCE_MAX_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SHORT_REST_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int RECORDS_PER_POLL = 64;

    private final OperatorBridge bridge;
    private final long silenceMaxNs;
    private final Semaphore permits = new Semaphore(CALLS_MAX);
    private final Semaphore statusPermit = new Semaphore(1, true);

    /**
     * Creates a reader.
     *
     * @param bridge to the engine.
     */
    public EngineReader(final OperatorBridge bridge)
    {
        this(bridge, SILENCE_MAX_NS);
    }

    EngineReader(final OperatorBridge bridge, final long silenceMaxNs)
    {
        this.bridge = bridge;
        this.silenceMaxNs = silenceMaxNs;
    }

    /** Opens a call, woken in the given way; returns null when that has to be tried again. */
    @FunctionalInterface
    private interface Opening
    {
        OperatorCall tryOpen(Runnable wake);
    }

    /**
     * Returns the engine's status, which the engine reports in every role. Does not wait for calls of any other kind,
     * so that only a loop that stands still is silent.
     *
     * @return a copy.
     * @throws NoAnswerException when the engine is silent.
     */
    public ServerStatus status()
    {
        final ServerStatus[] status = new ServerStatus[1];
        call(statusPermit, bridge::tryOpenStatus,
            call -> readAll(call, (buffer, offset, length) -> status[0] = ServerStatus.of(buffer, offset)));
        return status[0];
    }

    /**
     * Returns the limits and the usage of quotas.
     *
     * @param status of the engine; an engine that does not serve reports nothing about the tree.
     * @return figures by namespace.
     * @throws NoAnswerException when the engine is silent, or no longer serves.
     */
    public QuotaFigures quotas(final ServerStatus status)
    {
        final QuotaFigures quotas = new QuotaFigures();
        if (status.isServing())
        {
            read(OperatorQuery.QUOTAS, (buffer, offset, length) -> quotas.add(buffer, offset));
        }

        return quotas;
    }

    /**
     * Reads the records of a query.
     *
     * @param query   to run.
     * @param handler receives the records on the calling thread.
     * @throws NoAnswerException when the engine is silent, or does not serve now.
     */
    public void read(final OperatorQuery query, final OperatorCall.RecordHandler handler)
    {
        read(query, NO_DETAILS, handler);
    }

    /**
     * Reads the records of a query with details.
     *
     * @param query   to run.
     * @param details of the query, at most {@link OperatorBridge#DETAILS_MAX} bytes.
     * @param handler receives the records on the calling thread.
     * @throws NoAnswerException when the engine is silent, or does not serve now.
     */
    public void read(final OperatorQuery query, final DirectBuffer details, final OperatorCall.RecordHandler handler)
    {
        call(permits, wake -> bridge.tryOpen(query, details, wake), call -> readAll(call, handler));
    }

    private void readAll(final OperatorCall call, final OperatorCall.RecordHandler handler)
    {
        if (!isComplete(call, handler))
        {
            throw NoAnswerException.silent();
        }
    }

    /**
     * Orders the engine to do something.
     *
     * @param query   to run, without records.
     * @param details of the query, at most {@link OperatorBridge#DETAILS_MAX} bytes.
     * @throws NoAnswerException when the engine is silent, or does not serve now. The order was not carried out then
     *                           and will not be later. Only if the engine hangs or failed in the middle of it, that is
     *                           unknown; the message says so.
     */
    public void order(final OperatorQuery query, final DirectBuffer details)
    {
        call(permits, wake -> bridge.tryOpen(query, details, wake), call ->
        {
            if (!isComplete(call, EngineReader::nothing))
            {
                if (call.tryWithdraw())
                {
                    throw NoAnswerException.silent();
                }
                if (!isComplete(call, EngineReader::nothing))
                {
                    throw NoAnswerException.stuck();
                }
            }
        });
    }

    /**
     * Orders the engine to do something that needs no details.
     *
     * @param query to run.
     * @throws NoAnswerException as for {@link #order(OperatorQuery, DirectBuffer)}.
     */
    public void order(final OperatorQuery query)
    {
        order(query, NO_DETAILS);
    }

    private static void nothing(final DirectBuffer buffer, final int offset, final int length)
    {
        // An order has no records.
    }

    private void call(final Semaphore turns, final Opening opening, final Consumer<OperatorCall> waiting)
    {
        try
        {
            if (!turns.tryAcquire(silenceMaxNs, TimeUnit.NANOSECONDS))
            {
                throw NoAnswerException.silent();
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw NoAnswerException.silent();
        }

        try (OperatorCall call = open(opening))
        {
            waiting.accept(call);
            if (call.outcome() != OperatorPort.OK)
            {
                throw NoAnswerException.notServing();
            }
        }
        finally
        {
            turns.release();
        }
    }

    private OperatorCall open(final Opening opening)
    {
        final Thread self = Thread.currentThread();
        final long beginNs = System.nanoTime();
        OperatorCall call = opening.tryOpen(() -> LockSupport.unpark(self));
        while (call == null)
        {
            if (isTooLong(beginNs))
            {
                throw NoAnswerException.silent();
            }

            LockSupport.parkNanos(SHORT_REST_NS);
            call = opening.tryOpen(() -> LockSupport.unpark(self));
        }

        return call;
    }

    /** Waits for the whole answer; returns false if the engine is silent for too long, or the thread is interrupted. */
    private boolean isComplete(final OperatorCall call, final OperatorCall.RecordHandler handler)
    {
        long progressNs = System.nanoTime();
        while (!call.isComplete())
        {
            if (call.poll(handler, RECORDS_PER_POLL) > 0)
            {
                progressNs = System.nanoTime();
            }
            else if (isTooLong(progressNs))
            {
                return false;
            }
            else
            {
                LockSupport.parkNanos(REST_NS);
            }
        }

        return true;
    }

    private boolean isTooLong(final long progressNs)
    {
        return Thread.currentThread().isInterrupted() || System.nanoTime() - progressNs > silenceMaxNs;
    }
}
