/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

/**
 * How a random client behaves.
 *
 * @param timeoutMs      session time-out that it asks for.
 * @param pauseMs        mean time between two wishes.
 * @param outstandingMax maximum number of operations under way.
 * @param reconnectMaxMs longest time until it tries another server.
 * @param knownServers   maximum number of servers that it knows.
 * @param leavesOneIn    one in how many wishes makes it leave its server for another one without need, 0 for never.
 * @param restsOneIn     one in how many wishes makes it do nothing but ping for up to four times its time-out, 0 for
 *                       never.
 * @param freezesOneIn   one in how many wishes makes it stand still for up to twice its time-out, 0 for never.
 * @param returnsOneIn   one in how many wishes makes it leave its server and come back, 0 for never: by way of all
 *                       other servers that it knows, without a rest; or, if it knows no other, after up to four times
 *                       its time-out. Then it just pings for up to four times its time-out.
 * @param isUnruly       whether it sends more after it has asked to end its session.
 * @param isLate         whether it pings only shortly before its time-out, which is still in time, and tolerates a
 *                       silent server for longer.
 */
public record ClientSettings(int timeoutMs, int pauseMs, int outstandingMax, int reconnectMaxMs, int knownServers,
    int leavesOneIn, int restsOneIn, int freezesOneIn, int returnsOneIn, boolean isUnruly, boolean isLate)
{
    private static final int BUSY_PAUSE_MS = 20;
    private static final int BUSY_RECONNECT_MS = 100;

    /**
     * Settings of a client that never leaves its server to come back.
     *
     * @param timeoutMs      see the record.
     * @param pauseMs        see the record.
     * @param outstandingMax see the record.
     * @param reconnectMaxMs see the record.
     * @param knownServers   see the record.
     * @param leavesOneIn    see the record.
     * @param restsOneIn     see the record.
     * @param freezesOneIn   see the record.
     * @param isUnruly       see the record.
     * @param isLate         see the record.
     */
    public ClientSettings(final int timeoutMs, final int pauseMs, final int outstandingMax, final int reconnectMaxMs,
        final int knownServers, final int leavesOneIn, final int restsOneIn, final int freezesOneIn,
        final boolean isUnruly, final boolean isLate)
    {
        this(timeoutMs, pauseMs, outstandingMax, reconnectMaxMs, knownServers, leavesOneIn, restsOneIn, freezesOneIn,
            0, isUnruly, isLate);
    }

    /**
     * The settings of a client that sends operations all the time, and knows all servers.
     *
     * @return a copy without whims.
     */
    public ClientSettings busy()
    {
        return new ClientSettings(timeoutMs, BUSY_PAUSE_MS, outstandingMax, BUSY_RECONNECT_MS, Integer.MAX_VALUE, 0, 0,
            0, 0, false, false);
    }

    /**
     * The settings of a client that sends operations without pauses, and does nothing else that is unusual.
     *
     * @return a copy in which it never leaves, rests, freezes or returns, and is neither unruly nor late.
     */
    public ClientSettings calm()
    {
        return new ClientSettings(timeoutMs, 1, outstandingMax, reconnectMaxMs, knownServers, 0, 0, 0, 0,
            false, false);
    }
}
