/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperatorBridgeTest
{
    private static final int QUERIES = 5_000;
    private static final long LIMIT_NS = 60_000_000_000L;

    @Test
    void shouldAnswerEveryQueryOfAnotherThread() throws InterruptedException
    {
        final FakeEngine engine = new FakeEngine();
        engine.answers.put(OperatorQuery.WATCH_SUMMARY, () -> Stream.of(FakeEngine.watchSummary(1, 2, 3)));
        final AtomicBoolean isEnding = new AtomicBoolean();
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        try (OperatorBridge bridge = new OperatorBridge(() ->
        {
        }, () ->
        {
        }))
        {
            final Thread loop = new Thread(() ->
            {
                while (!isEnding.get())
                {
                    engine.doWork(bridge);
                    Thread.yield();
                }
            });
            loop.setUncaughtExceptionHandler((thread, cause) -> failure.set(cause));
            loop.start();
            int records = 0;
            final long deadlineNs = System.nanoTime() + LIMIT_NS;
            for (int i = 0; i < QUERIES; i++)
            {
                records += ask(bridge, deadlineNs, i % 7 == 0);
            }

            isEnding.set(true);
            loop.join();
            assertNull(failure.get());
            assertTrue(records >= QUERIES - QUERIES / 7 - 1, "records: " + records);
        }
    }

    private static int ask(final OperatorBridge bridge, final long deadlineNs, final boolean isCancelled)
    {
        final int[] records = new int[1];
        try (OperatorCall call = open(bridge, deadlineNs))
        {
            while (!isCancelled && !call.isComplete())
            {
                assertTrue(System.nanoTime() < deadlineNs, "waited for the answer to a query");
                call.poll((buffer, offset, length) -> records[0]++, 10);
                Thread.yield();
            }
        }

        return records[0];
    }

    private static OperatorCall open(final OperatorBridge bridge, final long deadlineNs)
    {
        OperatorCall call = null;
        while (call == null)
        {
            assertTrue(System.nanoTime() < deadlineNs, "waited for a free slot");
            call = bridge.tryOpen(OperatorQuery.WATCH_SUMMARY);
            if (call == null)
            {
                Thread.yield();
            }
        }

        return call;
    }

    @Test
    void shouldRefuseMoreQueriesThanItHasSlots()
    {
        final FakeEngine engine = new FakeEngine();
        try (OperatorBridge bridge = new OperatorBridge(() ->
        {
        }, () ->
        {
        }))
        {
            final List<OperatorCall> calls = new ArrayList<>();
            for (int i = 0; i < OperatorBridge.ANYTHING_MAX; i++)
            {
                calls.add(bridge.tryOpen(OperatorQuery.DIGESTS));
            }

            assertNull(bridge.tryOpen(OperatorQuery.DIGESTS));
            assertNotNull(bridge.tryOpenStatus(OperatorBridgeTest::nothing));
            assertNull(bridge.tryOpenStatus(OperatorBridgeTest::nothing));
            calls.get(3).close();
            assertNull(bridge.tryOpen(OperatorQuery.DIGESTS));
            engine.doWork(bridge);
            engine.doWork(bridge);
            assertNotNull(bridge.tryOpen(OperatorQuery.DIGESTS));
            calls.get(0).poll((buffer, offset, length) ->
            {
            }, 10);
            assertTrue(calls.get(0).isComplete());
            assertEquals(OperatorPort.OK, calls.get(0).outcome());
        }
    }

    /** A thread of an HTTP port that hung on a disk may go on after the server has ended. */
    @Test
    void shouldOpenNoQueryOnceItIsClosed()
    {
        final OperatorBridge bridge = new OperatorBridge(OperatorBridgeTest::nothing, OperatorBridgeTest::nothing);
        bridge.close();

        assertNull(bridge.tryOpen(OperatorQuery.DIGESTS));
        assertNull(bridge.tryOpenStatus(OperatorBridgeTest::nothing));
    }

    private static void nothing()
    {
        // Nobody sleeps who had to be woken.
    }
}
