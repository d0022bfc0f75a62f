/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.protocol.OpCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Far more clients write at once than a server can keep requests of. This happens when they return after an outage. */
class CrowdOfWritersTest extends DeskTest
{
    private static final int CLIENTS = 300;

    private List<TestDesk.Client> writers()
    {
        final List<TestDesk.Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++)
        {
            clients.add(server.client());
        }
        clients.forEach(client -> server.port.send(client.id, Frames.setData(1, "/a")));
        server.desk.poll();
        return clients;
    }

    @Test
    void shouldOfferAgainAsManyAsFindRoom()
    {
        final List<TestDesk.Client> clients = writers();
        assertEquals(TestDesk.OUTSTANDING_MAX, server.role.asked().size());

        server.applyOwn(CLIENTS + 1, clients.get(0), TestDesk.set("/a", "x", 1));
        server.port.resumed.clear();
        server.cycle();

        assertEquals(1, server.port.resumed.size());
        assertEquals(1, server.role.asked().size());

        server.cycle();
        assertEquals(1, server.port.resumed.size(), "nothing was answered since");
    }

    @Test
    void shouldAnswerEachOfThemAndThePingsBehind()
    {
        final List<TestDesk.Client> clients = writers();
        clients.forEach(client -> server.port.send(client.id, Frames.bare(-2, OpCode.PING)));
        for (int version = 1; version <= CLIENTS; version++)
        {
            server.applyOwn(CLIENTS + version, clients.get(0), TestDesk.set("/a", "x", version));
            server.cycle();
        }

        assertEquals(CLIENTS, server.role.asked().size());
        clients.forEach(client -> assertEquals(2, client.replies().size()));
    }

    private List<Long> touchedAt(final long watchMs, final boolean hasListened)
    {
        server.role.touched();
        server.desk.touchUnheard(TimeUnit.MILLISECONDS.toNanos(watchMs), hasListened);
        return server.role.touched();
    }

    /** What they send meanwhile is not seen, so their silence means nothing. */
    @Test
    void shouldCountAsHeardWhileTheyWait()
    {
        final List<TestDesk.Client> clients = writers();
        assertEquals(CLIENTS - TestDesk.OUTSTANDING_MAX, touchedAt(100, true).size());

        clients.get(CLIENTS - 1).vanish();
        assertEquals(CLIENTS - TestDesk.OUTSTANDING_MAX - 1, touchedAt(200, true).size(), "one of them is gone");

        server.loseLeader();
        assertEquals(List.of(), touchedAt(300, true), "nobody is there to be told");

        server.establish();
        assertEquals(CLIENTS - TestDesk.OUTSTANDING_MAX - 1, touchedAt(60_000, true).size(), "long after");
    }

    /** The next leader takes too little of what has to be sent again. So nobody is served for long. */
    @Test
    void shouldCountAsHeardWhileRequestsAreSentAgain()
    {
        writers();
        server.loseLeader();
        server.role.isServing = true;
        server.role.room = 1;
        server.desk.resend(server.role);
        assertTrue(server.desk.awaitsRole());
        assertEquals(CLIENTS - TestDesk.OUTSTANDING_MAX, touchedAt(60_000, true).size());
    }

    /** The session timeout is five seconds. */
    @Test
    void shouldCountAsHeardAgainAfterAQuarterOfTheirTimeouts()
    {
        writers();
        server.role.hears = true;
        final List<Integer> counts = new ArrayList<>();
        for (long ms = 100; ms <= 4000; ms += 100)
        {
            server.role.watchNs = TimeUnit.MILLISECONDS.toNanos(ms);
            final int count = touchedAt(ms, true).size();
            if (count > 0)
            {
                assertEquals(CLIENTS - TestDesk.OUTSTANDING_MAX, count);
                counts.add((int)ms);
            }
        }
        assertEquals(List.of(100, 1400, 2700, 4000), counts);
    }

    /** There may be a hundred thousand of them. */
    @Test
    void shouldNotBeLookedAtWhileTheyAreNotDue()
    {
        writers();
        server.role.hears = true;
        int looked = 0;
        for (long ms = 100; ms <= 4000; ms += 100)
        {
            server.role.watchNs = TimeUnit.MILLISECONDS.toNanos(ms);
            looked += server.desk.touchUnheard(server.role.watchNs, true);
        }
        assertEquals(4 * (CLIENTS - TestDesk.OUTSTANDING_MAX), looked, "each as often as it is touched");
    }

    @Test
    void shouldNotCountAsHeardOnceTheirFramesAreTaken()
    {
        final List<TestDesk.Client> clients = writers();
        for (int version = 1; version <= CLIENTS; version++)
        {
            server.applyOwn(CLIENTS + version, clients.get(0), TestDesk.set("/a", "x", version));
            server.cycle();
        }
        assertEquals(List.of(), touchedAt(100, true));
    }

    /** The request log is full, so no frame is looked at, not even one of a client that has no waiting frame. */
    @Test
    void shouldAllCountAsHeardWhileNobodyListens()
    {
        final List<TestDesk.Client> clients = writers();
        assertEquals(CLIENTS, touchedAt(0, false).size());

        clients.get(0).vanish();
        clients.get(CLIENTS - 1).vanish();
        assertEquals(CLIENTS - 2, touchedAt(0, false).size(), "two of them are gone");
    }

    @Test
    void shouldBeTakenAtOnceByAServerThatLeadsNow()
    {
        writers();
        server.role.asked();
        server.loseLeader();
        server.role.keepsRequests = false;
        server.establish();
        server.cycle();

        assertEquals(CLIENTS, server.role.asked().size());
    }
}
