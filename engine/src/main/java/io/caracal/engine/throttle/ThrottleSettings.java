/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.throttle;

/**
 * The operator's settings for the rate of handshakes. Each is the zoo.cfg key {@code connection_throttle_...} of the
 * same name.
 *
 * @param tokens              size of the bucket; 0 switches the throttle off.
 * @param fillTimeMs          time in which {@code fillCount} tokens are added, above 0.
 * @param fillCount           tokens that are added in {@code fillTimeMs}, 0 or more.
 * @param freezeTimeMs        minimum time between two changes of the drop probability; -1 drops nothing by chance.
 * @param dropIncrease        added to the drop probability when the bucket is empty.
 * @param dropDecrease        subtracted from the drop probability when the bucket is full enough.
 * @param decreaseRatio       part of the bucket that may be missing for it to be full enough, 0 to 1.
 * @param weightEnabled       whether kinds of handshakes differ in cost; otherwise each costs one token.
 * @param globalSessionWeight cost of a new global session, above 0.
 * @param renewSessionWeight  cost of resuming a session, above 0.
 * @param localSessionWeight  minimum cost of any handshake, above 0. It has no other effect: ZooKeeper's local sessions
 *                            do not exist here.
 */
public record ThrottleSettings(int tokens, int fillTimeMs, int fillCount, int freezeTimeMs, double dropIncrease,
    double dropDecrease, double decreaseRatio, boolean weightEnabled, int globalSessionWeight, int renewSessionWeight,
    int localSessionWeight)
{
    private static final int GLOBAL_WEIGHT_DEFAULT = 3;
    private static final int RENEW_WEIGHT_DEFAULT = 2;
    private static final int LOCAL_WEIGHT_DEFAULT = 1;

    /**
     * Corrects weights as ZooKeeper does: a weight below 1 becomes its default, and no weight is below that of a local
     * session.
     *
     * @throws IllegalArgumentException when another value is out of its range.
     */
    public ThrottleSettings
    {
        if (tokens < 0 || fillTimeMs < 1 || fillCount < 0 || freezeTimeMs < -1)
        {
            throw new IllegalArgumentException("connection throttle: tokens, fill or freeze time out of range");
        }

        if (!isShare(dropIncrease) || !isShare(dropDecrease) || !isShare(decreaseRatio))
        {
            throw new IllegalArgumentException("connection throttle: a drop setting is not between 0 and 1");
        }

        localSessionWeight = localSessionWeight < 1 ? LOCAL_WEIGHT_DEFAULT : localSessionWeight;
        globalSessionWeight = weight(globalSessionWeight, GLOBAL_WEIGHT_DEFAULT, localSessionWeight);
        renewSessionWeight = weight(renewSessionWeight, RENEW_WEIGHT_DEFAULT, localSessionWeight);
    }

    /**
     * The defaults: the throttle is off.
     *
     * @return new settings.
     */
    public static ThrottleSettings defaults()
    {
        return new ThrottleSettings(0, 1, 1, -1, 0.02, 0.002, 0, false, GLOBAL_WEIGHT_DEFAULT, RENEW_WEIGHT_DEFAULT,
            LOCAL_WEIGHT_DEFAULT);
    }

    private static boolean isShare(final double value)
    {
        return value >= 0 && value <= 1;
    }

    private static int weight(final int value, final int defaultValue, final int least)
    {
        return Math.max(value < 1 ? defaultValue : value, least);
    }
}
