/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.throttle.ConnectionThrottle;
import io.caracal.engine.throttle.ThrottleSettings;

/** Asks the connection throttle, and brings along the time and the random number that it needs. */
final class HandshakeThrottle
{
    private final ConnectionThrottle throttle;
    private final SeededRandom random;
    private long nowMs;

    HandshakeThrottle(final ThrottleSettings settings, final SeededRandom random, final long nowMs)
    {
        throttle = new ConnectionThrottle(settings, nowMs);
        this.random = random;
        this.nowMs = nowMs;
    }

    void time(final long newNowMs)
    {
        nowMs = newNowMs;
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
