/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import org.junit.jupiter.api.Test;

class AgreedTimeoutsTest
{
    private final SessionTable table = new SessionTable();
    private final AgreedTimeouts timeouts = new AgreedTimeouts();

    /** A server that was replaced by another one may report outdated timeouts. */
    @Test
    void shouldTakeTheLongestTimeoutThatIsReportedOrRecorded()
    {
        final Session longer = table.add(1, 4000, 1, 0);
        final Session shorter = table.add(2, 4000, 1, 0);
        final Session unheard = table.add(3, 4000, 1, 0);
        timeouts.add(1, 40_000);
        timeouts.add(1, 6000);
        timeouts.add(2, 2000);
        timeouts.add(9, 5000);
        timeouts.applyTo(table);

        assertEquals(40_000, longer.touchTimeoutMs());
        assertEquals(4000, shorter.touchTimeoutMs());
        assertEquals(4000, unheard.touchTimeoutMs());
    }

    /** Whatever a server reports, the leader must survive it. */
    @Test
    void shouldTakeNoTimeAtAll()
    {
        final Session session = table.add(1, 4000, 1, 0);
        timeouts.add(1, 0);
        timeouts.add(1, -1);
        timeouts.applyTo(table);

        assertEquals(4000, session.touchTimeoutMs());
    }
}
