/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.InterfaceMtu;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Decides how long the packets of a link with one other server may be. An interface tells what it carries itself, but
 * nobody tells what the network behind it carries. Packets that are too long for a switch or a tunnel just vanish, and
 * their stream waits for them forever. So each link is tried with the longest packets that are not known to be too
 * long.
 * <p>
 * Networks are repaired, so a length that was too long is tried again: after a minute at the earliest, and later each
 * time it fails once more, because every link that is made meanwhile has to wait for the failing attempt.
 */
final class PacketLengths
{
    /** The 1280 bytes that IPv6 demands of every network, less two headers, rounded down to a multiple of 32. */
    static final int SHORT_LENGTH = 1216;

    /** A link that lasted this long has shown that packets of its length arrive. */
    private static final long LASTING_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_LEAST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_MAX_NS = TimeUnit.DAYS.toNanos(1);
    private static final int PAUSE_GROWTH = 4;

    private final int[] lengths;
    private final boolean[] isTooLong;
    private final long[] againNs;
    private final long[] pauseNs;

    /**
     * Begins with the longest length.
     *
     * @param longest UDP payload that the own interface carries, in bytes.
     */
    PacketLengths(final int longest)
    {
        lengths = Arrays.stream(new int[]{ longest, InterfaceMtu.COMMON_LENGTH, SHORT_LENGTH,
            InterfaceMtu.LEAST_LENGTH })
            .filter(length -> length <= longest).distinct().toArray();
        isTooLong = new boolean[lengths.length];
        againNs = new long[lengths.length];
        pauseNs = new long[lengths.length];
        Arrays.fill(pauseNs, PAUSE_LEAST_NS);
    }

    /** Returns the length for the next attempt, in bytes. */
    int current(final long nowNs)
    {
        for (int i = 0; i < lengths.length - 1; i++)
        {
            if (!isTooLong[i] || nowNs - againNs[i] >= 0)
            {
                return lengths[i];
            }
        }

        return lengths[lengths.length - 1];
    }

    /**
     * Records that packets of a length did not arrive although shorter ones did. The next attempts use a shorter
     * length, if there is one.
     */
    void onTooLong(final int length, final long nowNs)
    {
        for (int i = 0; i < lengths.length; i++)
        {
            if (lengths[i] >= length && (!isTooLong[i] || nowNs - againNs[i] >= 0))
            {
                isTooLong[i] = true;
                againNs[i] = nowNs + pauseNs[i];
                pauseNs[i] = Math.min(PAUSE_MAX_NS, PAUSE_GROWTH * pauseNs[i]);
            }
        }
    }

    /**
     * Records that a link that was up has ended.
     *
     * @param length   of its packets.
     * @param linkedNs how long it was up.
     */
    void onEnd(final int length, final long linkedNs)
    {
        for (int i = 0; linkedNs >= LASTING_NS && i < lengths.length; i++)
        {
            if (lengths[i] <= length)
            {
                isTooLong[i] = false;
                pauseNs[i] = PAUSE_LEAST_NS;
            }
        }
    }
}
