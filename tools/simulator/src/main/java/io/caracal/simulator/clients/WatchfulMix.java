/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import io.caracal.simulator.check.WatchSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The common wishes and as many others about the same znodes: watches of all kinds are set, asked for and removed, the
 * client's ephemerals are listed, and several znodes are read at once.
 */
final class WatchfulMix implements Wishes
{
    private static final List<String> PATHS = List.of("/r", "/r/0", "/r/1", "/e", "/e/0", "/e/1", "/q", "/t", "/t/0",
        "/t/0/1");
    private static final List<String> PREFIXES = List.of("", "/e", "/e/", "/e/1", "/q/n00", "/q/n0000000001", "/r/0");
    private static final int READS_MAX = 4;

    private final SplittableRandom random;
    private final OperationMix common;

    WatchfulMix(final long seed, final OperationMix common)
    {
        this.random = new SplittableRandom(seed);
        this.common = common;
    }

    @Override
    public List<Operation> next(final long sessionId, final long nowNs)
    {
        return random.nextBoolean() ? common.next(sessionId, nowNs) : List.of(switch (random.nextInt(8))
        {
            case 0, 1 -> watched(sessionId, nowNs);
            case 2 -> watch(sessionId, nowNs);
            case 3, 4 -> typed(Operation.Kind.REMOVE_WATCHES, sessionId, nowNs);
            case 5 -> typed(Operation.Kind.CHECK_WATCHES, sessionId, nowNs);
            case 6 -> of(Operation.Kind.GET_EPHEMERALS, any(PREFIXES), sessionId, nowNs);
            default -> reads(sessionId, nowNs);
        });
    }

    private String any(final List<String> paths)
    {
        return paths.get(random.nextInt(paths.size()));
    }

    private Operation watched(final long sessionId, final long nowNs)
    {
        final Operation read = of(random.nextBoolean() ? Operation.Kind.EXISTS : Operation.Kind.GET_CHILDREN,
            any(PATHS), sessionId, nowNs);
        read.isWatching = true;

        return read;
    }

    private Operation watch(final long sessionId, final long nowNs)
    {
        final Operation watch = of(Operation.Kind.ADD_WATCH, any(PATHS), sessionId, nowNs);
        watch.isRecursive = random.nextBoolean();

        return watch;
    }

    private Operation typed(final Operation.Kind kind, final long sessionId, final long nowNs)
    {
        final Operation typed = of(kind, any(PATHS), sessionId, nowNs);
        typed.watchType = WatchSet.Type.values()[random.nextInt(WatchSet.Type.values().length)];

        return typed;
    }

    private Operation reads(final long sessionId, final long nowNs)
    {
        final Operation reads = of(Operation.Kind.MULTI_READ, "", sessionId, nowNs);
        final int count = random.nextInt(READS_MAX + 1);
        for (int i = 0; i < count; i++)
        {
            reads.parts.add(common.partOf(reads, random.nextBoolean() ? Operation.Kind.GET_DATA :
                Operation.Kind.GET_CHILDREN, any(PATHS)));
        }

        return reads;
    }

    @Override
    public Operation of(final Operation.Kind kind, final String path, final long sessionId, final long nowNs)
    {
        return common.of(kind, path, sessionId, nowNs);
    }

    @Override
    public void onAnswered(final Operation operation)
    {
        common.onAnswered(operation);
    }
}
