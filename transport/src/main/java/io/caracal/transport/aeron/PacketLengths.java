/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.InterfaceMtu;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How long the packets of a link with one other server may be. An interface tells what it carries itself, nobody tells
 * what the network behind it does: packets that are too long for a switch or a tunnel just vanish, and the stream that
 * they belong to waits for them forever. So each link is tried with packets of the full length, and where only shorter
 * ones arrive the next attempt has shorter ones.
 */
final class PacketLengths
{
    /** Two headers below the 1280 bytes that IPv6 demands of every network. */
    static final int SHORT_LENGTH = 1216;

    /** What was too long is tried again behind a link that lasted: networks are mended. */
    private static final long LASTING_NS = TimeUnit.MINUTES.toNanos(1);

    private final int[] lengths;
    private int index;

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
    }

    /** For the next attempt, bytes. */
    int current()
    {
        return lengths[index];
    }

    /** Packets of a length did not arrive where shorter ones did: the next attempt has shorter ones, if there are. */
    void onTooLong(final int length)
    {
        while (index < lengths.length - 1 && lengths[index] >= length)
        {
            index++;
        }
    }

    /**
     * A link that was up has ended.
     *
     * @param linkedNs how long it was up.
     */
    void onEnd(final long linkedNs)
    {
        if (linkedNs >= LASTING_NS)
        {
            index = 0;
        }
    }
}
