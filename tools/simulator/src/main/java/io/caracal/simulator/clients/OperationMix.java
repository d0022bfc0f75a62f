/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import java.util.List;

/**
 * Random operations of a client: on contended registers, ephemerals, sequential znodes and a small tree. There are so
 * few znodes that several clients often use the same one.
 */
public final class OperationMix extends DrawnWishes
{
    /** Path prefix of the persistent znodes that the linearizability checker treats as registers. */
    public static final String REGISTERS = "/r/";

    /** Parents of all other znodes. Each client begins by trying to create them. */
    static final List<String> PARENTS = List.of("/r", "/e", "/q", "/t");

    private static final int REGISTER_COUNT = 6;
    private static final int EPHEMERAL_COUNT = 5;
    private static final int TREE_WIDTH = 3;
    private static final int CLOSE_ONE_IN = 400;
    private static final int HUNDRED = 100;
    private static final int RECENT_VERSIONS = 4;
    private static final int MULTI_PARTS_MAX = 3;

    private int parentsAsked;

    /**
     * Creates a source of random operations.
     *
     * @param seed     of the choices.
     * @param clientId of the client.
     */
    public OperationMix(final long seed, final int clientId)
    {
        super(seed, clientId);
    }

    @Override
    public List<Operation> next(final long sessionId, final long nowNs)
    {
        if (parentsAsked < PARENTS.size())
        {
            return List.of(create(PARENTS.get(parentsAsked++), sessionId, nowNs));
        }

        if (random.nextInt(CLOSE_ONE_IN) == 0)
        {
            return List.of(of(Operation.Kind.CLOSE_SESSION, "", sessionId, nowNs));
        }

        final int dice = random.nextInt(HUNDRED);

        if (dice < 40)
        {
            return List.of(onRegister(sessionId, nowNs));
        }

        if (dice < 50)
        {
            return syncedRead(sessionId, nowNs);
        }

        if (dice < 65)
        {
            return List.of(onEphemeral(sessionId, nowNs));
        }

        if (dice < 75)
        {
            return List.of(onSequence(sessionId, nowNs));
        }

        return List.of(dice < 85 ? onTree(sessionId, nowNs) : dice < 92 ? multi(sessionId, nowNs) :
            watch(sessionId, nowNs));
    }

    private Operation onRegister(final long sessionId, final long nowNs)
    {
        final String path = REGISTERS + random.nextInt(REGISTER_COUNT);

        return switch (random.nextInt(8))
        {
            case 0, 1 -> create(path, sessionId, nowNs);
            case 2 -> versioned(of(Operation.Kind.DELETE, path, sessionId, nowNs));
            case 3, 4 -> set(path, sessionId, nowNs);
            default -> watched(of(Operation.Kind.GET_DATA, path, sessionId, nowNs));
        };
    }

    private List<Operation> syncedRead(final long sessionId, final long nowNs)
    {
        final String path = REGISTERS + random.nextInt(REGISTER_COUNT);
        final Operation sync = of(Operation.Kind.SYNC, path, sessionId, nowNs);
        final Operation read = of(Operation.Kind.GET_DATA, path, sessionId, nowNs);
        read.sync = sync;

        return List.of(sync, read);
    }

    private Operation onEphemeral(final long sessionId, final long nowNs)
    {
        final String path = "/e/" + random.nextInt(EPHEMERAL_COUNT);

        switch (random.nextInt(6))
        {
            case 0, 1 -> {
                final Operation create = create(path, sessionId, nowNs);
                create.isEphemeral = true;
                return create;
            }
            case 2 -> {
                return of(Operation.Kind.DELETE, path, sessionId, nowNs);
            }
            case 3 -> {
                return watched(of(Operation.Kind.GET_CHILDREN, "/e", sessionId, nowNs));
            }
            default -> {
                return watched(of(Operation.Kind.EXISTS, path, sessionId, nowNs));
            }
        }
    }

    private Operation onSequence(final long sessionId, final long nowNs)
    {
        if (!ownSequences.isEmpty() && random.nextBoolean())
        {
            return of(Operation.Kind.DELETE, ownSequences.remove(0), sessionId, nowNs);
        }

        if (random.nextInt(4) == 0)
        {
            return watched(of(Operation.Kind.GET_CHILDREN, "/q", sessionId, nowNs));
        }

        final Operation create = create("/q/n", sessionId, nowNs);
        create.isSequential = true;
        create.isEphemeral = random.nextBoolean();

        return create;
    }

    private Operation onTree(final long sessionId, final long nowNs)
    {
        final String above = "/t/" + random.nextInt(TREE_WIDTH);
        final String path = random.nextBoolean() ? above : above + "/" + random.nextInt(TREE_WIDTH);

        return switch (random.nextInt(5))
        {
            case 0, 1 -> create(path, sessionId, nowNs);
            case 2 -> of(Operation.Kind.DELETE, path, sessionId, nowNs);
            case 3 -> set(path, sessionId, nowNs);
            default -> watched(of(Operation.Kind.GET_CHILDREN, above, sessionId, nowNs));
        };
    }

    private Operation multi(final long sessionId, final long nowNs)
    {
        final Operation multi = of(Operation.Kind.MULTI, "", sessionId, nowNs);
        final int first = random.nextInt(REGISTER_COUNT);
        final int count = 1 + random.nextInt(MULTI_PARTS_MAX);

        for (int i = 0; i < count; i++)
        {
            multi.parts.add(part(multi, REGISTERS + (first + i) % REGISTER_COUNT));
        }

        return multi;
    }

    private Operation part(final Operation multi, final String path)
    {
        final Operation.Kind kind = switch (random.nextInt(6))
        {
            case 0, 1 -> Operation.Kind.CREATE;
            case 2 -> Operation.Kind.DELETE;
            case 3 -> Operation.Kind.CHECK;
            default -> Operation.Kind.SET_DATA;
        };
        final Operation part = partOf(multi, kind, path);
        if (kind == Operation.Kind.CREATE || kind == Operation.Kind.SET_DATA)
        {
            marked(part);
        }

        return kind == Operation.Kind.CREATE ? part : versioned(part);
    }

    private Operation watch(final long sessionId, final long nowNs)
    {
        final Operation watch = of(Operation.Kind.ADD_WATCH, PARENTS.get(random.nextInt(PARENTS.size())), sessionId,
            nowNs);
        watch.isRecursive = random.nextBoolean();

        return watch;
    }

    private Operation create(final String path, final long sessionId, final long nowNs)
    {
        return marked(of(Operation.Kind.CREATE, path, sessionId, nowNs));
    }

    private Operation set(final String path, final long sessionId, final long nowNs)
    {
        return versioned(marked(of(Operation.Kind.SET_DATA, path, sessionId, nowNs)));
    }

    private Operation versioned(final Operation operation)
    {
        operation.version = random.nextInt(3) == 0 ? random.nextInt(RECENT_VERSIONS) : Operation.ANY_VERSION;

        return operation;
    }

    private Operation watched(final Operation operation)
    {
        operation.isWatching = random.nextInt(3) == 0;

        return operation;
    }
}
