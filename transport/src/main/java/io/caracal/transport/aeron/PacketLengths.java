/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.InterfaceMtu;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How long the packets of a link with one other server may be. An interface tells what it carries itself, nobody tells
 * what the network behind it does: packets that are too long for a switch or a tunnel just vanish, and the stream that
 * they belong to waits for them forever. So each link is tried with the longest packets of which it is not known that
 * they are too long.
 * <p>
 * Networks are mended, so what was too long is tried again: after a minute at the earliest, and later each time that it
 * is too long once more, since every link that is made meanwhile waits for the attempt that fails.
 */
final class PacketLengths
{
    /** Two headers below the 1280 bytes that IPv6 demands of every network. */
    static final int SHORT_LENGTH = 1216;

    /** A link that lasted so long has shown that packets of its length arrive. */
    private static final long LASTING_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_LEAST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_MAX_NS = TimeUnit.DAYS.toNanos(1);
    private static final int PAUSE_GROWTH = 4;

    private final int[] lengths;
    private final boolean[] isTooLong;
    private final long[] againNs;
    private final long[] pauseNs;

    /**
     * Begins with the longest.
     *
     * @param longest UDP payload that the own interface carries, bytes.
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

    /** For the next attempt, bytes. */
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

    /** Packets of a length did not arrive where shorter ones did: the next attempts have shorter ones, if there are. */
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
     * A link that was up has ended.
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
