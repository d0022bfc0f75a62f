/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.transport.LinePace;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines about sessions that expired, each with its reason. Where very many expire together, as when the machine of
 * their clients is lost, some have a line and the others are counted. Used by the scribe.
 */
final class ExpiredSessions
{
    /** How many lines a second are written. */
    static final int LINES_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger("io.caracal.session");

    private final LinePace pace = new LinePace(LINES_MAX, TimeUnit.SECONDS.toNanos(1));
    private long leftOut;
    private final LongFunction<List<Fact>> facts;

    /** Looks for reasons in what is remembered of a session and of the server as a whole. */
    ExpiredSessions(final LongFunction<List<Fact>> facts)
    {
        this.facts = facts;
    }

    /** A session expired after so many milliseconds; the fact is remembered already. */
    void add(final long sessionId, final long timeoutMs, final long nowNs)
    {
        tick(nowNs);
        if (pace.admits(nowNs))
        {
            LOG.info("session 0x{} expired after {} ms: {}", Long.toHexString(sessionId), timeoutMs, new SessionStory(
                facts.apply(sessionId)).verdict());
        }
        else
        {
            leftOut++;
        }
    }

    /** Says how many lines were left out once their second is over. */
    void tick(final long nowNs)
    {
        if (leftOut > 0 && pace.isOver(nowNs))
        {
            LOG.info("sessions that expired, without a line: {}", leftOut);
            leftOut = 0;
        }
    }
}
