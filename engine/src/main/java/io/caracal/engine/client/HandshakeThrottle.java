/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.throttle.ConnectionThrottle;
import io.caracal.engine.throttle.ThrottleSettings;

/** Asks the connection throttle and supplies the time and the random numbers that it needs. */
final class HandshakeThrottle
{
    private static final int PPM = 1_000_000;

    private ConnectionThrottle throttle;
    private ThrottleSettings settings;
    private final SeededRandom random;
    private long nowMs;

    HandshakeThrottle(final ThrottleSettings settings, final SeededRandom random, final long nowMs)
    {
        throttle = new ConnectionThrottle(settings, nowMs);
        this.settings = settings;
        this.random = random;
        this.nowMs = nowMs;
    }

    /** Starts anew with a full bucket if any setting is different; otherwise changes nothing. */
    void settings(final ThrottleSettings newSettings)
    {
        if (!newSettings.equals(settings))
        {
            settings = newSettings;
            throttle = new ConnectionThrottle(newSettings, nowMs);
        }
    }

    void time(final long newNowMs)
    {
        nowMs = newNowMs;
    }

    /** Probability that the next handshake is dropped at random, in millionths. */
    long dropPpm()
    {
        return Math.round(throttle.dropProbability() * PPM);
    }

    /** Tokens missing in the bucket. */
    long tokenDeficit()
    {
        return throttle.tokenDeficit();
    }

    boolean admitNew()
    {
        return !throttle.isOn() || throttle.tryNewGlobalSession(nowMs, random.nextDouble());
    }

    boolean admitRenewal()
    {
        return !throttle.isOn() || throttle.tryRenewSession(nowMs, random.nextDouble());
    }
}
