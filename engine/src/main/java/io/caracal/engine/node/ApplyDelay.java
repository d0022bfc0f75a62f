/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/**
 * Tells how far this server is behind with applying, as a time: for how long the oldest transaction has waited that is
 * known to be committed and is not applied. Clients see a state that is so old, and their handshakes and writes take so
 * long. To measure it exactly would need a time for each transaction, so one of them is measured at a time.
 */
final class ApplyDelay
{
    private boolean isBehind;
    private long awaitedZxid;
    private long sinceNs;
    private long lastNs;

    /**
     * Looks how far this server has come. To be called in each duty cycle with work.
     *
     * @param nowNs         monotonic time.
     * @param committedZxid known to be committed.
     * @param appliedZxid   applied here.
     */
    void advance(final long nowNs, final long committedZxid, final long appliedZxid)
    {
        if (isBehind && appliedZxid >= awaitedZxid)
        {
            isBehind = false;
            lastNs = nowNs - sinceNs;
        }
        if (appliedZxid >= committedZxid)
        {
            lastNs = 0;
        }
        else if (!isBehind)
        {
            isBehind = true;
            awaitedZxid = committedZxid;
            sinceNs = nowNs;
        }
    }

    /** The delay in nanoseconds; 0 when nothing waits. */
    long delayNs(final long nowNs)
    {
        return isBehind ? Math.max(lastNs, nowNs - sinceNs) : 0;
    }
}
