/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

/**
 * How a random client behaves.
 *
 * @param timeoutMs      session time-out that it wants.
 * @param pauseMs        mean time between two wishes.
 * @param outstandingMax requests that it has under way at most.
 * @param reconnectMaxMs longest time until it tries another server.
 * @param knownServers   how many servers it knows at most.
 * @param leavesOneIn    wishes after which it leaves its server for another one without need, 0 for never.
 * @param restsOneIn     wishes after which it only pings for up to four times its time-out, 0 for never.
 * @param freezesOneIn   wishes after which it stands still for up to twice its time-out, 0 for never.
 * @param isUnruly       whether it asks on after it asked for the end of its session.
 * @param isLate         whether it pings when its time is nearly up, which is in time, and bears silence.
 */
public record ClientSettings(int timeoutMs, int pauseMs, int outstandingMax, int reconnectMaxMs, int knownServers,
    int leavesOneIn, int restsOneIn, int freezesOneIn, boolean isUnruly, boolean isLate)
{
    /**
     * A client with something to do, that does nothing else.
     *
     * @return the same without whims.
     */
    public ClientSettings calm()
    {
        return new ClientSettings(timeoutMs, 1, outstandingMax, reconnectMaxMs, knownServers, 0, 0, 0, false,
            false);
    }
}
