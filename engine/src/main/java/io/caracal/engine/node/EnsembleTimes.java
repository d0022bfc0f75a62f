/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import java.util.concurrent.TimeUnit;

/**
 * How long the servers of an ensemble wait for each other, in nanoseconds.
 *
 * @param heartbeatNs    between two heartbeats of a leader.
 * @param timeoutNs      silence after which a peer is given up; also how long a server may answer clients after an
 *                       echo.
 * @param timeoutMaxNs   upper bound to which that silence may grow after false alarms.
 * @param finalizeWaitNs how long an election that a quorum has decided waits for missing voters.
 * @param initLimitNs    how long discovery or a synchronization may stand still although heartbeats go on.
 * @param syncLimitNs    how long a disk may take to force what it was given before its server steps aside.
 */
public record EnsembleTimes(long heartbeatNs, long timeoutNs, long timeoutMaxNs, long finalizeWaitNs, long initLimitNs,
    long syncLimitNs)
{
    /**
     * The times that follow from the defaults of all settings: sessions of at least 4 s, ticks of 2 s, limits of 10 and
     * 5 ticks.
     */
    public static final EnsembleTimes DEFAULT = new EnsembleTimes(ms(100), ms(1000), ms(1232), ms(200), ms(20_000),
        ms(10_000));

    private static long ms(final long ms)
    {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
