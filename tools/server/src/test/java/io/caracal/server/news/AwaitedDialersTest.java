/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.KeptLog;
import io.caracal.server.config.ServerLine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AwaitedDialersTest
{
    private static final String NAME = "dialers";
    private static final long BEGIN = 7;
    private static final long DUE = BEGIN + AwaitedDialers.PATIENCE_NS;

    private final List<ServerLine> lines = List.of(line(1), line(2), line(3));

    @Test
    void shouldTellOnceOfAServerThatShouldHaveDialed()
    {
        try (KeptLog log = new KeptLog(NAME))
        {
            final AwaitedDialers dialers = dialers(2);
            assertEquals(0, dialers.tell(DUE - 1));
            assertEquals(1, dialers.tell(DUE));
            assertTrue(log.text().startsWith("no link with server 3 for 30 s: "), log.text());
            assertTrue(log.text().endsWith("must lead here by server.2=host2:2888:3888:participant"), log.text());
            assertEquals(0, dialers.tell(2 * DUE), "server 1 is dialed by this one, which says what is in the way");
        }
    }

    @Test
    void shouldTellAgainOfEachAbsence()
    {
        try (KeptLog log = new KeptLog(NAME))
        {
            final AwaitedDialers dialers = dialers(2);
            dialers.onLink(3, true);
            assertEquals(0, dialers.tell(DUE));
            dialers.onLink(3, false);
            assertEquals(0, dialers.tell(DUE + AwaitedDialers.PATIENCE_NS - 1));
            assertEquals(1, dialers.tell(DUE + AwaitedDialers.PATIENCE_NS), log.text());
            dialers.onLink(3, true);
            assertEquals(0, dialers.tell(3 * DUE));
            dialers.onLink(3, false);
            assertEquals(1, dialers.tell(4 * DUE), log.text());
        }
    }

    @Test
    void shouldAwaitNobodyWithTheLargestId()
    {
        assertEquals(0, dialers(3).tell(DUE));
    }

    private AwaitedDialers dialers(final long ownId)
    {
        return new AwaitedDialers(LoggerFactory.getLogger(NAME), lines.get((int)ownId - 1), lines, BEGIN);
    }

    private static ServerLine line(final long id)
    {
        return new ServerLine(id, "host" + id, 2888, 3888, false, null, -1);
    }
}
