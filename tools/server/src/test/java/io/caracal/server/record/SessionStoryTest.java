/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.record.Fact.Kind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SessionStoryTest
{
    private static final long SESSION = 0x10;

    private final List<Fact> facts = new ArrayList<>();

    @Test
    void shouldBlameAClientThatWentAway()
    {
        at(1_000, Kind.ATTACHED, 0);
        at(2_000, Kind.DETACHED, 0);
        at(8_000, Kind.EXPIRED, 6_000);

        assertVerdict("its connection ended 6000 ms before, and its client did not come back in time");
    }

    @Test
    void shouldBlameAClientThatFellSilent()
    {
        at(1_000, Kind.ATTACHED, 0);
        at(1_500, Kind.DETACHED, 0);
        at(1_600, Kind.ATTACHED, 0);
        at(9_000, Kind.EXPIRED, 6_000);

        assertVerdict("its connection stayed open, but its client sent nothing for 6000 ms");
    }

    @Test
    void shouldTellOfSilenceBeforeAConnectionEnded()
    {
        at(1_000, Kind.ATTACHED, 0);
        at(6_000, Kind.PINGS, 3);
        at(6_000, Kind.LAST_HEARD, 4_000);
        at(6_000, Kind.DETACHED, 0);
        at(8_000, Kind.EXPIRED, 6_000);

        assertVerdict("found no way to a server; nothing had been heard for 4000 ms when it ended");
    }

    @Test
    void shouldTellThatAClientHadBeenLateBefore()
    {
        at(1_000, Kind.ATTACHED, 0);
        at(5_000, Kind.SILENT, 3_500);
        at(8_500, Kind.SILENT, 3_100);
        at(15_000, Kind.EXPIRED, 6_000);

        assertVerdict("cut off from the network; it had been late before, times: 2");
    }

    @Test
    void shouldBlameTheServerThatHeldItAndWasLost()
    {
        server(500, Kind.LINK_UP, 2);
        at(1_000, Kind.MOVED, 2);
        server(3_000, Kind.LINK_DOWN, 2);
        at(9_000, Kind.HELD_BY, 2);
        at(9_000, Kind.EXPIRED, 6_000);

        assertVerdict("server 2, which held it, was lost 6000 ms before");
    }

    @Test
    void shouldPointToTheServerThatHoldsItAndLives()
    {
        server(3_000, Kind.LINK_DOWN, 2);
        server(3_500, Kind.LINK_UP, 2);
        at(9_000, Kind.HELD_BY, 2);
        at(9_000, Kind.EXPIRED, 6_000);

        assertVerdict("server 2, which held it, heard nothing of its client for 6000 ms");
    }

    @Test
    void shouldNameAStallADiskAndAChangeOfRole()
    {
        at(1_000, Kind.ATTACHED, 0);
        server(2_000, Kind.STALL, 2_500);
        server(2_100, Kind.FORCE, 4_000);
        server(2_200, Kind.ROLE, 2);
        server(2_300, Kind.STALL, 200);
        at(9_000, Kind.EXPIRED, 6_000);

        assertVerdict("answered nobody for 2500 ms meanwhile");
        assertVerdict("its disk took 4000 ms for one force meanwhile");
        assertVerdict("the role of this server changed meanwhile");
    }

    /** As when a machine gets its time a while after it was started. */
    @Test
    void shouldNotMindThatTheClockWasSetBack()
    {
        server(3_600_500, Kind.STALL, 5_000);
        at(3_601_000, Kind.ATTACHED, 0);
        server(3_602_000, Kind.STALL, 2_500);
        server(3_000, Kind.CLOCK, -3_600);
        at(9_000, Kind.EXPIRED, 6_000);
        at(9_000, Kind.ENDED, 0);

        assertVerdict("its connection stayed open, but its client sent nothing for 6000 ms");
        assertVerdict("answered nobody for 2500 ms meanwhile");
        assertEquals(facts.subList(1, 6), new SessionStory(facts).course());
        assertEquals(
            "the clock of this machine went back by 3600 s: times before this line differ from those behind it",
            facts.get(3).text());
    }

    @Test
    void shouldNotMindThatTheClockWasSetForward()
    {
        at(1_000, Kind.ATTACHED, 0);
        at(2_000, Kind.DETACHED, 0);
        server(3_603_000, Kind.CLOCK, 3_600);
        at(3_608_000, Kind.EXPIRED, 6_000);

        assertVerdict("its connection ended 6000 ms before, and its client did not come back in time");
        assertTrue(facts.get(2).text().startsWith("the clock of this machine went forward by 3600 s"));
    }

    /** For example the start of the server: it was over before the client came. */
    @Test
    void shouldNotNameWhatWasBeforeItsClientWasThere()
    {
        server(1_000, Kind.ROLE, 2);
        server(1_000, Kind.STALL, 5_000);
        at(2_000, Kind.ATTACHED, 0);
        at(2_100, Kind.DETACHED, 0);
        at(8_100, Kind.EXPIRED, 6_000);

        assertTrue(!verdict().contains("meanwhile"), verdict());
    }

    @Test
    void shouldNotNameWhatWasLongBefore()
    {
        server(1_000, Kind.STALL, 5_000);
        at(100_000, Kind.ATTACHED, 0);
        at(200_000, Kind.EXPIRED, 6_000);

        assertTrue(!verdict().contains("meanwhile"), verdict());
    }

    @Test
    void shouldSayWhatItDoesNotKnow()
    {
        server(1_000, Kind.STALL, 5_000);
        assertVerdict("this server remembers nothing of it");

        at(2_000, Kind.ATTACHED, 0);
        assertVerdict("it has not expired as far as this server knows");
    }

    @Test
    void shouldTellASessionThatEndedFromOneThatGoesOn()
    {
        at(2_000, Kind.ATTACHED, 0);
        at(3_000, Kind.ENDED, 0);
        assertVerdict("it ended, and did not expire by the word of this server");
    }

    /** Hours of stalls after the end of the session have nothing to do with it. */
    @Test
    void shouldTellNothingOfBeforeItBeganAndAfterItEnded()
    {
        server(1_000, Kind.STALL, 101);
        at(2_000, Kind.ATTACHED, 0);
        server(3_000, Kind.STALL, 102);
        assertEquals(facts.subList(1, 3), new SessionStory(facts).course());

        at(4_000, Kind.ENDED, 0);
        at(4_000, Kind.PINGS, 7);
        server(5_000, Kind.STALL, 103);
        assertEquals(facts.subList(1, 5), new SessionStory(facts).course());
    }

    @Test
    void shouldRememberTheLatestFactsOfASessionAndTheServer()
    {
        final FactRing ring = new FactRing(new UnsafeBuffer(BufferUtil.allocateDirectAligned(FactRing.LENGTH, 8)));
        ring.add(new Fact(1, Kind.ATTACHED, SESSION, 0));
        ring.add(new Fact(2, Kind.STALL, 0, 300));
        for (int i = 0; i < FactRing.FACTS_MAX - 2; i++)
        {
            ring.add(new Fact(3, Kind.ATTACHED, 7, 0));
        }
        assertEquals(List.of(new Fact(1, Kind.ATTACHED, SESSION, 0), new Fact(2, Kind.STALL, 0, 300)),
            ring.about(SESSION));

        ring.add(new Fact(4, Kind.EXPIRED, SESSION, Long.MAX_VALUE));

        assertEquals(List.of(new Fact(2, Kind.STALL, 0, 300), new Fact(4, Kind.EXPIRED, SESSION, Integer.MAX_VALUE)),
            ring.about(SESSION));

        ring.add(new Fact(5, Kind.CLOCK, 0, Long.MIN_VALUE));
        ring.add(new Fact(6, Kind.CLOCK, 0, -7));
        assertEquals(List.of(new Fact(5, Kind.CLOCK, 0, Integer.MIN_VALUE), new Fact(6, Kind.CLOCK, 0, -7)),
            ring.about(SESSION + 1));
    }

    private void at(final long ms, final Kind kind, final long value)
    {
        facts.add(new Fact(ms, kind, SESSION, value));
    }

    private void server(final long ms, final Kind kind, final long value)
    {
        facts.add(new Fact(ms, kind, 0, value));
    }

    private String verdict()
    {
        return new SessionStory(facts).verdict();
    }

    private void assertVerdict(final String part)
    {
        assertTrue(verdict().contains(part), verdict());
    }
}
