/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import org.junit.jupiter.api.Test;

class SessionClockTest
{
    private static final long MS = 1_000_000L;
    private static final long TICK_MS = 2000;

    private final SessionTable table = new SessionTable();
    private final Session session = table.add(1, 4000, 1, 0);
    private final SessionClock clock = new SessionClock(TICK_MS, table, 0);

    @Test
    void shouldExpireSilentSessionWhileTheServerRuns()
    {
        for (long nowMs = 0; nowMs < 6000; nowMs += 10)
        {
            clock.advance(nowMs * MS);
            assertNull(clock.pollOverdue());
        }
        clock.advance(6000 * MS);
        assertSame(session, clock.pollOverdue());
    }

    @Test
    void shouldCountTimeInWhichTheLoopRested()
    {
        clock.advance(0);
        clock.advance(2000 * MS);
        clock.advance(4000 * MS);
        assertNull(clock.pollOverdue());
        clock.advance(6000 * MS);
        assertSame(session, clock.pollOverdue());
    }
}
