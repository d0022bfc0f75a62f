/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.throttle;

/**
 * A token bucket that limits handshakes. It begins full and fills with time. A handshake takes out its weight in tokens
 * or is refused. If chance is switched on, a handshake may also be dropped before it gets to the bucket. The drop
 * probability rises while the bucket is found empty and falls while it is found full enough, so that under constant
 * load it is not always the latecomers who lose. Owned by the engine's thread.
 */
public final class ConnectionThrottle
{
    private final ThrottleSettings settings;
    private final long capacity;
    private final long fillCount;
    private long tokens;
    private long lastFillMs;
    private long lastFreezeMs;
    private double dropProbability;

    /**
     * Creates a throttle with a full bucket. With weights, the size of the bucket and the tokens that fill it are given
     * in global sessions, so both are multiplied by the weight of one.
     *
     * @param settings of the server.
     * @param nowMs    monotonic time, as in later calls.
     */
    public ConnectionThrottle(final ThrottleSettings settings, final long nowMs)
    {
        final long factor = settings.weightEnabled() ? settings.globalSessionWeight() : 1;
        this.settings = settings;
        capacity = factor * settings.tokens();
        fillCount = factor * settings.fillCount();
        tokens = capacity;
        lastFillMs = nowMs;
        lastFreezeMs = nowMs;
    }

    /**
     * Whether the throttle can refuse anything. If not, no random number needs to be drawn.
     *
     * @return false when the throttle is off.
     */
    public boolean isOn()
    {
        return capacity != 0;
    }

    /**
     * Asks for a handshake for a new session. All sessions are global: the whole ensemble knows them.
     *
     * @param nowMs  monotonic time, never less than before.
     * @param random uniform in [0, 1).
     * @return false when the connection is to be closed without a reply.
     */
    public boolean tryNewGlobalSession(final long nowMs, final double random)
    {
        return tryTake(weight(settings.globalSessionWeight()), nowMs, random);
    }

    /**
     * Asks for a handshake that resumes a session.
     *
     * @param nowMs  monotonic time, never less than before.
     * @param random uniform in [0, 1).
     * @return false when the connection is to be closed without a reply.
     */
    public boolean tryRenewSession(final long nowMs, final double random)
    {
        return tryTake(weight(settings.renewSessionWeight()), nowMs, random);
    }

    private int weight(final int configured)
    {
        return settings.weightEnabled() ? configured : 1;
    }

    private boolean tryTake(final int weight, final long nowMs, final double random)
    {
        if (capacity == 0)
        {
            return true;
        }

        fill(nowMs);

        if (settings.freezeTimeMs() != -1)
        {
            adaptDropProbability(nowMs);

            if (random < dropProbability)
            {
                return false;
            }
        }

        if (tokens < weight)
        {
            return false;
        }

        tokens -= weight;
        return true;
    }

    private void fill(final long nowMs)
    {
        final long elapsedMs = nowMs - lastFillMs;

        if (elapsedMs > settings.fillTimeMs())
        {
            // Cap the time at what fills the whole bucket: more makes no difference, and the product could overflow.
            final long cappedMs = Math.min(elapsedMs, fillTimeOfWholeBucketMs());
            tokens = Math.min(tokens + cappedMs * fillCount / settings.fillTimeMs(), capacity);
            lastFillMs = nowMs;
        }
    }

    private long fillTimeOfWholeBucketMs()
    {
        return fillCount == 0 ? 0 : (capacity / fillCount + 1) * settings.fillTimeMs();
    }

    private void adaptDropProbability(final long nowMs)
    {
        if (nowMs - lastFreezeMs <= settings.freezeTimeMs())
        {
            return;
        }

        if (tokens == 0)
        {
            dropProbability = Math.min(dropProbability + settings.dropIncrease(), 1);
        }
        else if (capacity - tokens <= Math.round(capacity * settings.decreaseRatio()))
        {
            dropProbability = Math.max(dropProbability - settings.dropDecrease(), 0);
        }

        lastFreezeMs = nowMs;
    }

    /**
     * Probability that the next handshake is dropped by chance.
     *
     * @return 0 to 1.
     */
    public double dropProbability()
    {
        return dropProbability;
    }

    /**
     * Tokens missing in the bucket after the last handshake.
     *
     * @return 0 when it is full, or when the throttle is off.
     */
    public long tokenDeficit()
    {
        return capacity - tokens;
    }
}
