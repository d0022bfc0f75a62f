/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.metrics.CountersSink;
import io.caracal.server.metrics.LoopSink;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.metrics.ThreadClock;
import io.caracal.server.metrics.TxnStopwatch;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingSinkTest
{
    private static final int RECORD_MAX = 64;
    /** A constant that is passed instead of an argument can equal it in at most one round. */
    private static final int ROUNDS = 2;

    private final ServerMetrics metrics = ServerMetrics.unshared();
    private final RecordRing ring = new RecordRing(RECORD_MAX);
    private final List<Throwable> failures = new ArrayList<>();
    private int lastValue;

    /** A call of a method with its arguments. */
    private record Call(String method, List<Object> arguments)
    {
    }

    @AfterEach
    void close()
    {
        ring.close();
        metrics.close();
        assertEquals(List.of(), failures);
    }

    /** An event that a sink does not pass on is lost silently, and with it the figures that depend on it. */
    @Test
    void shouldPassOnEverythingThatTheFiguresTake() throws ReflectiveOperationException
    {
        assertEquals(List.of(), notPassedOn(this::recording));
    }

    @Test
    void shouldFindWhatASinkForgets() throws ReflectiveOperationException
    {
        final List<String> notPassedOn = notPassedOn(figures -> proxy((proxy, method, arguments) -> method.getName()
            .equals("onGauge") ? null : method.invoke(figures, arguments)));

        assertEquals(List.of("onGauge", "onGauge"), notPassedOn);
    }

    @Test
    void shouldFindArgumentsThatASinkConfuses() throws ReflectiveOperationException
    {
        final List<String> notPassedOn = notPassedOn(figures -> proxy((proxy, method, arguments) ->
        {
            final boolean isConfused = method.getName().equals("onCycle");

            return method.invoke(figures, isConfused ? new Object[]{ arguments[1], arguments[0] } : arguments);
        }));

        assertEquals(List.of("onCycle", "onCycle"), notPassedOn);
    }

    private LoopSink recording(final LoopSink figures)
    {
        final Scribe scribe = new Scribe(new Recording.Parts(ring, new FactRing(metrics.facts()), new SlowRequests(),
            new HotPaths(PathSampling.OFF, 0), null, 0, () -> 0, () -> 0), () ->
            {
            }, failures::add);
        final TxnStopwatch stopwatch = new CountersSink(metrics, () -> 0, () -> ThreadClock.UNKNOWN, null).stopwatch();

        return new RecordingSink(new Recording.Options(0, false, 1, PathSampling.OFF), ring, scribe, figures,
            stopwatch, () -> 0);
    }

    /**
     * Returns those calls, of all that the figures take, that do not arrive behind a sink exactly once with equal
     * arguments.
     */
    private List<String> notPassedOn(final UnaryOperator<LoopSink> sinkBefore) throws ReflectiveOperationException
    {
        final List<Call> arrived = new ArrayList<>();
        final LoopSink sink = sinkBefore.apply(proxy((proxy, method, arguments) ->
        {
            arrived.add(new Call(method.getName(), List.of(arguments)));
            return null;
        }));
        final List<Method> taken = takenByFigures();
        assertTrue(taken.size() > ROUNDS);

        final List<String> notPassedOn = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++)
        {
            for (final Method method : taken)
            {
                final Object[] arguments = argumentsOf(method, round);
                arrived.clear();
                method.invoke(sink, arguments);
                if (!arrived.equals(List.of(new Call(method.getName(), List.of(arguments)))))
                {
                    notPassedOn.add(method.getName());
                }
            }
        }

        return notPassedOn;
    }

    private static LoopSink proxy(final InvocationHandler handler)
    {
        return (LoopSink)Proxy.newProxyInstance(LoopSink.class.getClassLoader(), new Class<?>[]{ LoopSink.class },
            handler);
    }

    /** Returns the methods of the interface that the figures override. */
    private static List<Method> takenByFigures()
    {
        return Arrays.stream(LoopSink.class.getMethods()).filter(RecordingSinkTest::isTakenByFigures).toList();
    }

    private static boolean isTakenByFigures(final Method method)
    {
        return !Modifier.isStatic(method.getModifiers()) && Arrays.stream(CountersSink.class.getDeclaredMethods())
            .anyMatch(own -> own.getName().equals(method.getName()) && Arrays.equals(own.getParameterTypes(),
                method.getParameterTypes()));
    }

    /** Numbers, texts and buffers are never repeated; types with few values differ from round to round. */
    private Object[] argumentsOf(final Method method, final int round)
    {
        return Arrays.stream(method.getParameterTypes()).map(type -> argument(type, round)).toArray();
    }

    private Object argument(final Class<?> type, final int round)
    {
        lastValue++;
        if (type.isEnum())
        {
            return type.getEnumConstants()[round];
        }
        if (type == boolean.class)
        {
            return round == 0;
        }
        if (type == int.class)
        {
            return lastValue;
        }
        if (type == long.class)
        {
            return (long)lastValue;
        }
        if (type == String.class)
        {
            return "text " + lastValue;
        }

        assertEquals(DirectBuffer.class, type);

        return new UnsafeBuffer(new byte[]{ (byte)lastValue });
    }
}
