/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.operator.codec.ServerRole;
import io.caracal.engine.operator.codec.ServerStatusEncoder;
import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.Poll;
import io.caracal.server.config.Membership;
import io.caracal.server.config.Settings;
import io.caracal.server.prometheus.PrometheusServer;
import io.caracal.server.words.OperatorBridge;
import io.caracal.server.words.WordFacts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people are told when the loop stands still. */
class EngineReaderTest
{
    private static final long SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final Loop loop = new Loop();
    private final OperatorBridge bridge = new OperatorBridge(() -> loop.turn(), () ->
    {
    });
    private final EngineReader reader = new EngineReader(bridge, SILENCE_NS);

    /** A loop that turns on the thread that wakes it, unless it stands still. */
    private final class Loop implements OperatorHandler
    {
        private final List<OperatorQuery> begun = new CopyOnWriteArrayList<>();
        private boolean isStanding;
        private boolean isHanging;
        private boolean isBusyWithLists;

        private synchronized void turn()
        {
            if (!isStanding)
            {
                bridge.poll(this);
            }
        }

        @Override
        public boolean onQuery(final long queryId, final OperatorQuery query,
            final DirectBuffer details, final int offset, final int length)
        {
            if (bridge.begin(queryId))
            {
                begun.add(query);
                if (query == OperatorQuery.STATUS)
                {
                    bridge.answer(queryId, status(), 0, ServerStatusEncoder.BLOCK_LENGTH +
                        MessageHeaderEncoder.ENCODED_LENGTH);
                }
                if (!isHanging && (!isBusyWithLists || query == OperatorQuery.STATUS))
                {
                    bridge.complete(queryId, OperatorPort.OK);
                }
            }

            return true;
        }

        @Override
        public void onCancel(final long queryId)
        {
            // Nothing is kept from one turn to the next.
        }
    }

    @AfterEach
    void close()
    {
        bridge.close();
    }

    @Test
    void shouldTellThatAnOrderWasObeyed()
    {
        reader.order(OperatorQuery.TUNE);

        assertEquals(List.of(OperatorQuery.TUNE), loop.begun);
    }

    @Test
    void shouldNotHaveAnOrderObeyedAfterItFailed()
    {
        loop.isStanding = true;
        final NoAnswerException failure = assertThrows(NoAnswerException.class, () -> reader.order(OperatorQuery.TUNE));
        assertTrue(failure.isSilent());

        loop.isStanding = false;
        loop.turn();
        loop.turn();
        assertEquals(List.of(), loop.begun);
    }

    @Test
    void shouldSayWhenTheLoopHangsInTheMiddleOfIt()
    {
        loop.isHanging = true;
        final NoAnswerException failure = assertThrows(NoAnswerException.class, () -> reader.order(OperatorQuery.TUNE));

        assertTrue(failure.getMessage().contains("hangs or has failed in the middle"), failure.getMessage());
        assertEquals(List.of(OperatorQuery.TUNE), loop.begun);
    }

    /** Otherwise an orchestrator would end the server, because somebody looks at it closely. */
    @Test
    void shouldKnowThatTheLoopTurnsBesideListsThatTakeLong() throws Exception
    {
        loop.isBusyWithLists = true;
        final EngineReader patient = new EngineReader(bridge, LIMIT_NS);
        final List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < EngineReader.CALLS_MAX; i++)
        {
            readers.add(new Thread(() -> assertThrows(NoAnswerException.class,
                () -> patient.read(OperatorQuery.WATCHES_BY_PATH, EngineReaderTest::ignore))));
        }
        readers.forEach(Thread::start);
        try
        {
            final long deadlineNs = System.nanoTime() + LIMIT_NS;
            while (loop.begun.size() < EngineReader.CALLS_MAX)
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, () -> "the lists have not begun: " + loop.begun);
                Poll.rest();
            }
            for (int i = EngineReader.CALLS_MAX; i < OperatorBridge.QUERIES_MAX - 1; i++)
            {
                bridge.tryOpen(OperatorQuery.WATCHES_BY_PATH);
            }

            assertEquals("standalone", patient.status().mode());
        }
        finally
        {
            readers.forEach(Thread::interrupt);
            for (final Thread thread : readers)
            {
                thread.join();
            }
        }
    }

    private static DirectBuffer status()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
        new ServerStatusEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .role(ServerRole.STANDALONE);
        return buffer;
    }

    private static void ignore(final DirectBuffer buffer, final int offset, final int length)
    {
        // There are no records.
    }

    @Test
    void shouldTellAScraperWhyThereAreNoFigures() throws Exception
    {
        loop.isStanding = true;
        final Settings settings = Settings.resolve(List.of(), null, new Properties());
        final WordFacts words = new WordFacts("", () -> settings, Membership.of(settings), 0, null, null, null,
            () -> 0, () -> 0, 0, new AtomicLong());
        try (PrometheusServer server = new PrometheusServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new AdminFacts(words, reader, SystemNanoClock.INSTANCE, null, null, null, () -> "")))
        {
            server.open();
            final HttpResponse<String> answer = AdminAsk.of(server.address().getPort(), "GET", "/metrics");

            assertEquals(503, answer.statusCode());
            assertEquals("the server's loop has not answered for some seconds\n", answer.body());
        }
    }
}
