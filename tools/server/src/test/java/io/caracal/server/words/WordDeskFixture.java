/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.config.Membership;
import io.caracal.server.config.Settings;
import io.caracal.server.config.ZooCfg;
import io.caracal.server.metrics.CountersSink;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.metrics.ThreadClock;
import io.caracal.server.metrics.Traffic;
import io.caracal.transport.WordPort;
import io.caracal.transport.Words;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/** A word server with its engine and its connections, all driven by one thread. */
final class WordDeskFixture implements WordPort, AutoCloseable
{
    static final long FIRST = 0x1000015f9ab0000L;
    static final long SECOND = 0x1000015f9ab0001L;
    private static final int CYCLES_MAX = 2_000_000;

    final FakeEngine engine = new FakeEngine();
    final ServerMetrics metrics = ServerMetrics.unshared();
    final OperatorBridge bridge = new OperatorBridge(() ->
    {
    }, () ->
    {
    });
    final WordFacts facts;
    final WordServer server;
    long nowNs = 1_440_600_000_000L;
    int unsentMax = Integer.MAX_VALUE;
    int unsent;
    boolean isOneBeingAdded;
    int pieceLengthMax;
    private final Map<Long, ByteArrayOutputStream> answers = new HashMap<>();
    private final Map<Long, String> finished = new HashMap<>();
    private final Set<Long> stalled = new HashSet<>();
    private final Queue<WordServer.Request> requests = new ManyToOneConcurrentArrayQueue<>(WordServer.WAITING_MAX)
    {
        /** While another thread is adding an element, the queue counts it, but does not give it out yet. */
        @Override
        public WordServer.Request poll()
        {
            return isOneBeingAdded ? null : super.poll();
        }
    };
    private long nextConnectionId = 1;

    WordDeskFixture(final Path dir, final String config)
    {
        final Settings settings = Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg", config), new Properties());
        facts = new WordFacts("3.9.5-test, built on 2026-01-01 00:00 UTC", () -> settings, Membership.of(settings), 0,
            new MetricsView(metrics),
            dir.resolve("caracal-1"), dir.resolve("caracal-1"), () -> 2181, () -> 4096, nowNs - 5_000_000L,
            new AtomicLong(WordFacts.TRACE_MASK));
        server = new WordServer(bridge, facts, () -> nowNs, () ->
        {
        }, requests);
        server.port(this);
        metrics.traffic(Traffic.CONNECTIONS_ACCEPTED).getAndAdd(3);
        final CountersSink sink = new CountersSink(metrics, () -> nowNs, () -> ThreadClock.UNKNOWN, null);
        sink.onReply(4, nowNs - 3_625_000, false);
        sink.onCycle(nowNs - 750_000, nowNs);
        engine.answers.put(OperatorQuery.STATUS, () -> Stream.of(engine.status(2)));
        engine.answers.put(OperatorQuery.CONNECTIONS,
            () -> Stream.of(FakeEngine.connection(FIRST, 52_154, 3, 4), FakeEngine.connection(SECOND, 52_156, 4, 2)));
        engine.answers.put(OperatorQuery.SESSIONS,
            () -> Stream.of(FakeEngine.session(FIRST, 9_400), FakeEngine.session(SECOND, 30_400)));
        engine.answers.put(OperatorQuery.EPHEMERALS,
            () -> Stream.of(FakeEngine.ephemeral(FIRST, "/e1"), FakeEngine.ephemeral(FIRST, "/e2")));
        engine.answers.put(OperatorQuery.WATCHES_BY_SESSION,
            () -> Stream.of(FakeEngine.watch(FIRST, "/e1"), FakeEngine.watch(FIRST, "/nope"),
                FakeEngine.watch(SECOND, "/e1"), FakeEngine.watch(SECOND, "/e2")));
        engine.answers.put(OperatorQuery.WATCHES_BY_PATH,
            () -> Stream.of(FakeEngine.watch(FIRST, "/e1"), FakeEngine.watch(SECOND, "/e1"),
                FakeEngine.watch(SECOND, "/e2"), FakeEngine.watch(FIRST, "/nope")));
        engine.answers.put(OperatorQuery.WATCH_SUMMARY, () -> Stream.of(FakeEngine.watchSummary(2, 3, 4)));
        engine.answers.put(OperatorQuery.DIGESTS,
            () -> Stream.of(FakeEngine.digest(0x80, 123_456), FakeEngine.digest(0x100, -5)));
    }

    long send(final String word, final long argument)
    {
        final long connectionId = nextConnectionId++;
        answers.put(connectionId, new ByteArrayOutputStream());
        server.onWord(connectionId, Words.word(word), argument,
            RecordText.remote(new byte[]{ 127, 0, 0, 1 }, 52_220));
        return connectionId;
    }

    String ask(final String word)
    {
        return await(send(word, 511));
    }

    String await(final long connectionId)
    {
        for (int i = 0; i < CYCLES_MAX && !finished.containsKey(connectionId); i++)
        {
            cycle();
        }

        assertTrue(finished.containsKey(connectionId), "the answer was not finished");
        return finished.get(connectionId);
    }

    void cycle()
    {
        engine.doWork(bridge);
        server.doWork();
        unsent = 0;
    }

    boolean isFinished(final long connectionId)
    {
        return finished.containsKey(connectionId);
    }

    /** From now on, this connection does not read any more. */
    void stall(final long connectionId)
    {
        stalled.add(connectionId);
    }

    void hangUp(final long connectionId)
    {
        answers.remove(connectionId);
    }

    @Override
    public int answer(final long connectionId, final DirectBuffer buffer, final int offset, final int length)
    {
        final ByteArrayOutputStream answer = answers.get(connectionId);
        if (answer == null)
        {
            return GONE;
        }

        if (unsent >= unsentMax || stalled.contains(connectionId))
        {
            return BEHIND;
        }

        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        answer.writeBytes(bytes);
        unsent += length;
        pieceLengthMax = Math.max(pieceLengthMax, length);
        return ACCEPTED;
    }

    @Override
    public void finish(final long connectionId)
    {
        final ByteArrayOutputStream answer = answers.get(connectionId);
        finished.put(connectionId, answer == null ? "gone" : answer.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close()
    {
        server.onClose();
        bridge.close();
        metrics.close();
    }
}
