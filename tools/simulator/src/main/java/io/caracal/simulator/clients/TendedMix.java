/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import java.util.List;

/**
 * Random operations on containers and TTL znodes, which the servers remove by themselves: they get children of all
 * kinds and lose them, are renewed, and are deleted by clients as well.
 */
final class TendedMix extends DrawnWishes
{
    private static final List<String> PARENTS = List.of("/c", "/l");
    private static final int WIDTH = 4;
    private static final int TTL_MIN_MS = 200;
    private static final int TTL_MAX_MS = 6000;
    private static final int CLOSE_ONE_IN = 200;

    private int parentsAsked;

    TendedMix(final long seed, final int clientId)
    {
        super(seed, clientId);
    }

    @Override
    public List<Operation> next(final long sessionId, final long nowNs)
    {
        if (parentsAsked < PARENTS.size())
        {
            return List.of(marked(of(Operation.Kind.CREATE, PARENTS.get(parentsAsked++), sessionId, nowNs)));
        }

        if (random.nextInt(CLOSE_ONE_IN) == 0)
        {
            return List.of(of(Operation.Kind.CLOSE_SESSION, "", sessionId, nowNs));
        }

        return switch (random.nextInt(10))
        {
            case 0, 1 -> List.of(container(sessionId, nowNs));
            case 2, 3 -> List.of(child(PARENTS.get(random.nextInt(PARENTS.size())), sessionId, nowNs));
            case 4 -> List.of(onlyChild(sessionId, nowNs));
            case 5, 6 -> List.of(lease(sessionId, nowNs));
            case 7 -> List.of(renewal(sessionId, nowNs));
            case 8 -> List.of(removal(sessionId, nowNs));
            default -> List.of(look(sessionId, nowNs));
        };
    }

    private String any(final String parent)
    {
        return parent + "/" + random.nextInt(WIDTH);
    }

    private String anyOfAll()
    {
        final String above = any(PARENTS.get(random.nextInt(PARENTS.size())));

        return random.nextBoolean() ? above : any(above);
    }

    private Operation container(final long sessionId, final long nowNs)
    {
        final Operation create = marked(of(Operation.Kind.CREATE, any("/c"), sessionId, nowNs));
        create.isContainer = true;

        return create;
    }

    private Operation lease(final long sessionId, final long nowNs)
    {
        final boolean isSequential = random.nextInt(8) == 0;
        final String path = isSequential ? "/l/s" : any("/l");
        final Operation create = marked(of(Operation.Kind.CREATE, path, sessionId, nowNs));
        create.isSequential = isSequential;
        create.ttlMs = random.nextInt(TTL_MIN_MS, TTL_MAX_MS);

        return create;
    }

    private Operation child(final String parent, final long sessionId, final long nowNs)
    {
        final Operation create = marked(of(Operation.Kind.CREATE, any(any(parent)), sessionId, nowNs));

        switch (random.nextInt(4))
        {
            case 0 -> create.ttlMs = random.nextInt(TTL_MIN_MS, TTL_MAX_MS);
            case 1 -> create.isEphemeral = true;
            case 2 -> create.isContainer = true;
            default -> {
                // An ordinary one.
            }
        }

        return create;
    }

    /** As a lock has it: a sequential ephemeral within a container. */
    private Operation onlyChild(final long sessionId, final long nowNs)
    {
        if (!ownSequences.isEmpty() && random.nextBoolean())
        {
            return of(Operation.Kind.DELETE, ownSequences.remove(0), sessionId, nowNs);
        }

        final Operation create = marked(of(Operation.Kind.CREATE, any("/c") + "/lock-", sessionId, nowNs));
        create.isSequential = true;
        create.isEphemeral = true;

        return create;
    }

    private Operation renewal(final long sessionId, final long nowNs)
    {
        return marked(of(Operation.Kind.SET_DATA, random.nextInt(4) == 0 ? anyOfAll() : any("/l"), sessionId, nowNs));
    }

    private Operation removal(final long sessionId, final long nowNs)
    {
        return of(Operation.Kind.DELETE, anyOfAll(), sessionId, nowNs);
    }

    private Operation look(final long sessionId, final long nowNs)
    {
        final String path = random.nextBoolean() ? anyOfAll() : PARENTS.get(random.nextInt(PARENTS.size()));
        final Operation.Kind kind = switch (random.nextInt(3))
        {
            case 0 -> Operation.Kind.EXISTS;
            case 1 -> Operation.Kind.GET_DATA;
            default -> Operation.Kind.GET_CHILDREN;
        };
        final Operation read = of(kind, path, sessionId, nowNs);
        read.isWatching = random.nextBoolean();

        return read;
    }

}
