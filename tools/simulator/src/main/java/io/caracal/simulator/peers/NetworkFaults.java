/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

/**
 * The behavior of a simulated network apart from faults that are made on purpose.
 *
 * @param delayMinNs       shortest delay of a message, in nanoseconds.
 * @param delayMaxNs       longest ordinary delay of a message.
 * @param slowDelayNs      longest delay of a slow message.
 * @param slowChance       chance of a message being slow, in thousandths; messages behind it in its stream wait for it.
 * @param linkDelayMaxNs   longest time until a new generation of a link is agreed on, and until news of an end arrives.
 * @param refusalChance    chance of a claim being refused although there is room, in thousandths.
 * @param shortPollChance  chance of a poll that leaves messages behind, in thousandths.
 * @param windowLength     number of bytes under way in one stream above which claims are back-pressured.
 */
public record NetworkFaults(long delayMinNs, long delayMaxNs, long slowDelayNs, int slowChance, long linkDelayMaxNs,
    int refusalChance, int shortPollChance, int windowLength)
{
    /** A network without random faults. */
    public static final NetworkFaults HEALTHY = new NetworkFaults(20_000, 200_000, 200_000, 0, 5_000_000, 0, 0,
        1 << 20);
}
