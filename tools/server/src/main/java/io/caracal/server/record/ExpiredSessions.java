/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.transport.LinePace;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the sessions that expired, each with its reason. When very many expire together, as when the machine of their
 * clients is lost, only some get a line, and the others are counted. Used by the scribe.
 */
final class ExpiredSessions
{
    /** Maximum number of lines per second. */
    static final int LINES_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger("io.caracal.session");

    private final LinePace pace = new LinePace(LINES_MAX, TimeUnit.SECONDS.toNanos(1));
    private long leftOut;
    private final LongFunction<List<Fact>> facts;

    /** Creates an instance that finds reasons in the facts about a session and about the server as a whole. */
    ExpiredSessions(final LongFunction<List<Fact>> facts)
    {
        this.facts = facts;
    }

    /** Reports an expired session and its timeout in milliseconds. The fact must have been recorded before. */
    void add(final long sessionId, final long timeoutMs, final long nowNs)
    {
        tick(nowNs);
        if (pace.admits(nowNs))
        {
            LOG.info("session 0x{} expired after {} ms: {}", Long.toHexString(sessionId), timeoutMs,
                new SessionStory(facts.apply(sessionId)).verdict());
        }
        else
        {
            leftOut++;
        }
    }

    /** Once a second is over, logs how many lines were left out in it. */
    void tick(final long nowNs)
    {
        if (leftOut > 0 && pace.isOver(nowNs))
        {
            LOG.info("sessions that expired, without a line: {}", leftOut);
            leftOut = 0;
        }
    }
}
