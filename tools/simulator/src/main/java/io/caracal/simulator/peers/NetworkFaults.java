/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

/**
 * How a simulated network behaves while nothing is done to it on purpose.
 *
 * @param delayMinNs       shortest way of a message, nanoseconds.
 * @param delayMaxNs       longest ordinary way.
 * @param slowDelayNs      longest way of a message that is slow.
 * @param slowChance       of a message being slow, in thousandths; what follows it in its stream waits for it.
 * @param linkDelayMaxNs   longest time until a link is agreed again, and until news of an end arrive.
 * @param refusalChance    of a claim being refused though there is room, in thousandths.
 * @param shortPollChance  of a poll that leaves something behind, in thousandths.
 * @param windowLength     bytes under way of one stream above which a sender is pressed back.
 */
public record NetworkFaults(long delayMinNs, long delayMaxNs, long slowDelayNs, int slowChance, long linkDelayMaxNs,
    int refusalChance, int shortPollChance, int windowLength)
{
    /** A quiet network. */
    public static final NetworkFaults HEALTHY = new NetworkFaults(20_000, 200_000, 200_000, 0, 5_000_000, 0, 0,
        1 << 20);
}
