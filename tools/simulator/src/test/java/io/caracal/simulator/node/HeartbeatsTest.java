/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports on the pings of a session whose time-out is ten seconds. */
class HeartbeatsTest
{
    private TestNode node;

    @BeforeEach
    void start()
    {
        node = new TestNode(new MemoryDisk());
    }

    @AfterEach
    void stop()
    {
        node.close();
    }

    @Test
    void shouldNotTellOfPingsThatComeInTime()
    {
        final WireClient client = node.connect();
        for (int i = 0; i < 50; i++)
        {
            node.runMs(3_300);
            client.ping();
            node.settle();
        }

        assertEquals(List.of("ATTACHED 0"), node.events.sessionFacts);
    }

    @Test
    void shouldTellHowLongAClientWasSilentOnceItIsHeard()
    {
        final WireClient client = node.connect();
        node.runMs(6_000);
        client.ping();
        node.settle();

        assertEquals(2, node.events.sessionFacts.size());
        final String fact = node.events.sessionFacts.get(1);
        assertTrue(fact.matches("SILENT 60[0-9]{2}"), fact);
    }

    @Test
    void shouldTellWhatWasHeardBeforeASessionExpired()
    {
        final WireClient client = node.connect();
        client.ping();
        client.ping();
        node.settle();
        node.runMs(20_000);

        final List<String> facts = node.events.sessionFacts;
        final int expired = facts.indexOf("EXPIRED 1");
        assertEquals("PINGS 2", facts.get(expired - 2), facts::toString);
        assertTrue(facts.get(expired - 1).matches("LAST_HEARD 1[0-9]{4}"), facts::toString);
    }
}
