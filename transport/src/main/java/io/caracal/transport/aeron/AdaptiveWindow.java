/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.driver.CongestionControl;
import java.net.InetSocketAddress;

/**
 * Lets the sender of a stream be as far ahead of its receiver as the network between them carries. A window that suits
 * a fast network overruns a slow one, which then drops most of each burst; and what was dropped is asked for, sent and
 * dropped again.
 * <p>
 * Until the first loss, the window grows by what arrives, so it doubles with each window. A loss makes it a quarter
 * shorter, once for all that was under way. From then on it grows by two packets with each window that arrives. It
 * counts bytes only, so it needs neither a clock nor an estimate of the way to the sender.
 * <p>
 * Aeron's own {@code CubicCongestionControl} was weighed: it begins near the longest window, shrinks once for each gap,
 * and takes the way to the sender for a tenth of a millisecond.
 */
final class AdaptiveWindow implements CongestionControl
{
    /** Window of a new stream, bytes: what the buffer of a slow link may hold, and a fast network doubles at once. */
    static final int INITIAL_LENGTH = 128 << 10;
    /** A network that loses packets although it is not full must not slow a stream down too much, bytes. */
    static final int LEAST_LENGTH = 32 << 10;
    /** Packets behind a lost one show that it is lost, so some are always allowed. */
    static final int LEAST_PACKETS = 4;
    /** How much longer the window becomes with each window that arrives, after a loss. */
    static final int GROWTH_PACKETS = 2;

    private final int growth;
    private final int least;
    private final int most;
    private final int initial;

    private int length;
    private boolean hasLost;
    private long lossEnd;
    private long consumedPosition = Long.MAX_VALUE;
    private long credit;

    /**
     * Begins with the first window.
     *
     * @param packetLength the sender's MTU, bytes.
     * @param lengthMax    the window that is never exceeded, bytes.
     */
    AdaptiveWindow(final int packetLength, final int lengthMax)
    {
        growth = GROWTH_PACKETS * packetLength;
        most = lengthMax;
        least = Math.min(Math.max(LEAST_LENGTH, LEAST_PACKETS * packetLength), most);
        initial = Math.min(Math.max(INITIAL_LENGTH, least), most);
        length = initial;
    }

    @Override
    public long onTrackRebuild(final long nowNs, final long newConsumptionPosition, final long lastSmPosition,
        final long hwmPosition, final long startingRebuildPosition, final long endingRebuildPosition,
        final boolean lossOccurred)
    {
        // Aeron gives the largest number of all as the position of a stream that nobody reads.
        final long consumed = Math.max(0, newConsumptionPosition - consumedPosition);
        consumedPosition = newConsumptionPosition;

        if (endingRebuildPosition >= lossEnd)
        {
            if (lossOccurred)
            {
                shrink(hwmPosition);
            }
            else
            {
                grow(Math.min(consumed, most));
            }
        }

        return CongestionControl.packOutcome(length, false);
    }

    /** What was received beyond the gap had been sent before the sender could know of it, and counts as one loss. */
    private void shrink(final long hwmPosition)
    {
        hasLost = true;
        lossEnd = hwmPosition;
        credit = 0;
        length = Math.max(least, length / 4 * 3);
    }

    private void grow(final long consumed)
    {
        if (!hasLost)
        {
            length = (int)Math.min(most, length + consumed);
            return;
        }

        credit += consumed;

        if (credit >= length)
        {
            credit -= length;
            length = Math.min(most, length + growth);
        }
    }

    @Override
    public int initialWindowLength()
    {
        return initial;
    }

    @Override
    public int maxWindowLength()
    {
        return most;
    }

    @Override
    public boolean shouldMeasureRtt(final long nowNs)
    {
        return false;
    }

    @Override
    public void onRttMeasurementSent(final long nowNs)
    {
        throw new IllegalStateException("no round trip is measured");
    }

    @Override
    public void onRttMeasurement(final long nowNs, final long rttNs, final InetSocketAddress srcAddress)
    {
        // A packet that nobody asked for.
    }

    @Override
    public void close()
    {
        // Nothing is held.
    }
}
