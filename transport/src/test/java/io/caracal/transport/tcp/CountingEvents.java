/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.CloseReason;
import io.caracal.transport.RejectReason;
import io.caracal.transport.TransportEvents;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the events of a transport. */
final class CountingEvents implements TransportEvents
{
    private final AtomicIntegerArray closed = new AtomicIntegerArray(CloseReason.values().length);
    private final AtomicIntegerArray rejected = new AtomicIntegerArray(RejectReason.values().length);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong flushedFrames = new AtomicLong();
    private final AtomicLong flushes = new AtomicLong();
    private final AtomicLong longestFlushNs = new AtomicLong();
    private volatile InetSocketAddress frameLengthClient;
    private volatile int frameLength;

    @Override
    public void onAccepted()
    {
        accepted.incrementAndGet();
    }

    @Override
    public void onRejected(final RejectReason reason, final InetAddress client)
    {
        rejected.incrementAndGet(reason.ordinal());
    }

    @Override
    public void onFrameLength(final InetSocketAddress client, final int length)
    {
        frameLengthClient = client;
        frameLength = length;
    }

    @Override
    public void onClosed(final CloseReason reason)
    {
        closed.incrementAndGet(reason.ordinal());
    }

    @Override
    public void onReceived(final long bytes)
    {
        received.addAndGet(bytes);
    }

    @Override
    public void onSent(final long bytes)
    {
        sent.addAndGet(bytes);
    }

    @Override
    public void onFlushed(final long frames, final long durationNs)
    {
        flushedFrames.addAndGet(frames);
        flushes.incrementAndGet();
        longestFlushNs.accumulateAndGet(durationNs, Math::max);
    }

    /** Returns the client that sent the latest invalid frame length, null when there was none. */
    InetSocketAddress frameLengthClient()
    {
        return frameLengthClient;
    }

    int frameLength()
    {
        return frameLength;
    }

    int closed(final CloseReason reason)
    {
        return closed.get(reason.ordinal());
    }

    int rejected(final RejectReason reason)
    {
        return rejected.get(reason.ordinal());
    }

    long accepted()
    {
        return accepted.get();
    }

    long received()
    {
        return received.get();
    }

    long sent()
    {
        return sent.get();
    }

    long flushedFrames()
    {
        return flushedFrames.get();
    }

    long flushes()
    {
        return flushes.get();
    }

    long longestFlushNs()
    {
        return longestFlushNs.get();
    }
}
