/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.protocol.OpCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients ask for far more at once than a short duty cycle can answer. */
class CrowdOfReadersTest extends DeskTest
{
    /** Number of requests that a client sends without waiting for replies. */
    private static final int IN_FLIGHT = 64;
    private static final int CLIENTS = 4 * CycleLimits.DEFAULT.requests() / IN_FLIGHT;
    private static final int LARGE = 100_000;

    private final List<TestDesk.Client> clients = new ArrayList<>();

    private void clients(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            clients.add(server.client());
        }
    }

    private void ask(final TestDesk.Client client, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            server.port.send(client.id, Frames.read(i, "/a", false));
        }
    }

    private int[] repliesOfOneCycle()
    {
        server.cycle();

        return clients.stream().mapToInt(client -> client.frames().size()).toArray();
    }

    private static long served(final int[] replies)
    {
        return IntStream.of(replies).filter(count -> count > 0).count();
    }

    @Test
    void shouldAnswerSoManyInACycleAndGoOnWithTheNextClient()
    {
        clients(CLIENTS);
        clients.forEach(client -> ask(client, IN_FLIGHT));

        final int[] total = new int[CLIENTS];
        for (int cycle = 1; cycle <= 4; cycle++)
        {
            final int[] replies = repliesOfOneCycle();
            assertEquals(CycleLimits.DEFAULT.requests(), IntStream.of(replies).sum());
            for (int i = 0; i < CLIENTS; i++)
            {
                total[i] += replies[i];
            }
            assertEquals(cycle * CLIENTS / 4, served(total), "another quarter of the clients");
        }
        assertEquals(0, IntStream.of(repliesOfOneCycle()).sum(), "nothing is left");
    }

    /** A request of a few bytes may have a reply of a megabyte. */
    @Test
    void shouldAnswerSoManyBytesInACycle()
    {
        clients(CLIENTS);
        server.applyOther(TestDesk.set("/a", "x".repeat(LARGE), 1));
        clients.forEach(client -> ask(client, 1));

        server.cycle();
        final int bytes = clients.stream().flatMap(client -> client.frames().stream()).mapToInt(frame -> frame.length)
            .sum();
        assertTrue(bytes >= CycleLimits.DEFAULT.replyBytes(), bytes + " bytes");
        assertTrue(bytes < CycleLimits.DEFAULT.replyBytes() + 2 * LARGE, bytes + " bytes");

        long answered = bytes / LARGE;
        for (int i = 0; i < CLIENTS && answered < CLIENTS; i++)
        {
            answered += served(repliesOfOneCycle());
        }
        assertEquals(CLIENTS, answered);
    }

    /** Refusing a frame costs as much as taking it. */
    @Test
    void shouldCountWhatItRefuses()
    {
        clients(CycleLimits.DEFAULT.requests() + 1);
        server.role.isServing = false;
        clients.forEach(client -> server.port.send(client.id, Frames.bare(-2, OpCode.PING)));
        server.desk.poll();
        server.role.isServing = true;

        assertEquals(0, clients.get(CycleLimits.DEFAULT.requests()).frames().size());
        server.desk.time(0, 0);
        server.desk.poll();
        assertEquals(1, clients.get(CycleLimits.DEFAULT.requests()).frames().size(), "it was not refused before");
    }
}
