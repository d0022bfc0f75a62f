/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.EffectChecker;
import io.caracal.simulator.check.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Random operations of a client that sets quotas, changes and removes them, as the command {@code setquota} does and in
 * other orders, reads them, and meanwhile creates, changes and deletes znodes that count towards them. There are so few
 * znodes that limits are often reached, and quotas lie within each other.
 */
public final class RationedMix extends DrawnWishes
{
    private static final String QUOTAS = "/zookeeper/quota";
    private static final String LIMITS = "/zookeeper_limits";
    private static final String USAGE = "/zookeeper_stats";
    private static final String NO_USAGE = "count=0,bytes=0";

    /** Parents of all other znodes. Each client begins by trying to create them. */
    private static final List<String> PARENTS = List.of("/p", "/s", "/p/a", "/p/b", "/p/a/x");

    /** Paths that quotas are set on. */
    private static final List<String> GOVERNED = List.of("/p", "/p/a", "/p/a/x", "/s", "/p", "/s", "/p/a", "/s/0",
        QUOTAS);

    private static final int WIDTH = 4;
    private static final int CLOSE_ONE_IN = 200;
    private static final int EPHEMERAL_ONE_IN = 8;
    private static final int HUNDRED = 100;
    private static final int UNDERTAKINGS = 10;
    private static final int RECENT_VERSIONS = 4;
    private static final int PARTS_MAX = 4;
    private static final int DOTS_MAX = 40;

    /** What is left to do of a longer undertaking. */
    private final ArrayDeque<Step> steps = new ArrayDeque<>();

    /** An operation to come; without data where it has none. */
    private record Step(Operation.Kind kind, String path, String data)
    {
    }

    /**
     * Creates a source of random operations.
     *
     * @param seed     of the choices.
     * @param clientId of the client.
     */
    public RationedMix(final long seed, final int clientId)
    {
        super(seed, clientId);
        PARENTS.forEach(path -> steps.add(new Step(Operation.Kind.CREATE, path, "")));
    }

    @Override
    public List<Operation> next(final long sessionId, final long nowNs)
    {
        if (random.nextInt(CLOSE_ONE_IN) == 0)
        {
            return List.of(of(Operation.Kind.CLOSE_SESSION, "", sessionId, nowNs));
        }

        final int dice = random.nextInt(HUNDRED);
        if (steps.isEmpty() && dice < UNDERTAKINGS)
        {
            undertake(dice);
        }
        if (!steps.isEmpty())
        {
            return random.nextInt(4) == 0 ? List.of(inOne(sessionId, nowNs)) : someSteps(sessionId, nowNs);
        }

        return dice < 70 ? changes(dice, sessionId, nowNs) : dice < 80 ? List.of(multi(sessionId, nowNs)) : reads(dice,
            sessionId, nowNs);
    }

    private void undertake(final int dice)
    {
        final String quota = QUOTAS + GOVERNED.get(random.nextInt(GOVERNED.size()));

        switch (dice)
        {
            case 0, 1, 2, 3 -> setQuota(quota);
            case 4 -> removeQuota(quota);
            case 5, 6 -> steps.add(new Step(Operation.Kind.SET_DATA, quota + LIMITS, limits()));
            case 7 -> steps.add(new Step(Operation.Kind.DELETE, quota + LIMITS, null));
            case 8 -> steps.add(new Step(Operation.Kind.DELETE, quota + USAGE, null));
            default -> steps.add(new Step(Operation.Kind.SET_DATA, quota + USAGE, "count=" + random.nextInt(HUNDRED) +
                ",bytes=" + (random.nextInt(4) == 0 ? "?" : random.nextInt(HUNDRED))));
        }
    }

    private void setQuota(final String quota)
    {
        for (int slash = quota.indexOf('/', QUOTAS.length() + 1); slash > 0; slash = quota.indexOf('/', slash + 1))
        {
            steps.add(new Step(Operation.Kind.CREATE, quota.substring(0, slash), ""));
        }
        steps.add(new Step(Operation.Kind.CREATE, quota, ""));
        addInAnyOrder(new Step(Operation.Kind.CREATE, quota + LIMITS, limits()), new Step(Operation.Kind.CREATE, quota +
            USAGE, NO_USAGE));
    }

    private void removeQuota(final String quota)
    {
        addInAnyOrder(new Step(Operation.Kind.DELETE, quota + LIMITS, null), new Step(Operation.Kind.DELETE, quota +
            USAGE, null));
        for (int end = quota.length(); end > QUOTAS.length(); end = quota.lastIndexOf('/', end - 1))
        {
            steps.add(new Step(Operation.Kind.DELETE, quota.substring(0, end), null));
        }
    }

    private void addInAnyOrder(final Step one, final Step other)
    {
        final boolean isOneFirst = random.nextInt(4) != 0;
        steps.add(isOneFirst ? one : other);
        steps.add(isOneFirst ? other : one);
    }

    /** The text of limits: soft ones, mostly hard ones as well, and seldom something that says nothing. */
    private String limits()
    {
        final String soft = "count=" + limit(15) + ",bytes=" + limit(200);

        return switch (random.nextInt(10))
        {
            case 0 -> soft;
            case 1 -> "no limits today";
            default -> soft + "=;byteHardLimit=" + limit(250) + ";countHardLimit=" + limit(15);
        };
    }

    private int limit(final int bound)
    {
        return random.nextInt(3) == 0 ? -1 : random.nextInt(bound);
    }

    /** Sends some of the steps that are left, one after the other without awaiting answers. */
    private List<Operation> someSteps(final long sessionId, final long nowNs)
    {
        final List<Operation> operations = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0 && !steps.isEmpty(); i--)
        {
            final Step step = steps.poll();
            final Operation operation = of(step.kind, step.path, sessionId, nowNs);
            operation.data = step.data;
            operation.isEphemeral = step.kind == Operation.Kind.CREATE && step.path.endsWith(LIMITS) && random.nextInt(
                EPHEMERAL_ONE_IN) == 0;
            operations.add(operation);
        }

        return operations;
    }

    /** Sends all steps that are left as one multi, which comes to nothing if one of them does. */
    private Operation inOne(final long sessionId, final long nowNs)
    {
        final Operation multi = of(Operation.Kind.MULTI, "", sessionId, nowNs);
        steps.forEach(step ->
        {
            final Operation part = partOf(multi, step.kind, step.path);
            part.data = step.data;
            multi.parts.add(part);
        });
        steps.clear();

        return multi;
    }

    /** One change, or several without awaiting answers. */
    private List<Operation> changes(final int dice, final long sessionId, final long nowNs)
    {
        final List<Operation> operations = new ArrayList<>();
        for (int i = dice % 5 == 0 ? PARTS_MAX : 1; i > 0; i--)
        {
            operations.add(change(sessionId, nowNs));
        }

        return operations;
    }

    private Operation change(final long sessionId, final long nowNs)
    {
        final String path = znode();

        return switch (random.nextInt(10))
        {
            case 0, 1, 2 -> created(of(Operation.Kind.CREATE, path, sessionId, nowNs));
            case 3, 4, 5 -> set(of(Operation.Kind.SET_DATA, path, sessionId, nowNs));
            case 6, 7 -> of(Operation.Kind.DELETE, path, sessionId, nowNs);
            case 8 -> sequential(sessionId, nowNs);
            default -> of(Operation.Kind.DELETE, ownSequences.isEmpty() ? path : ownSequences.remove(0), sessionId,
                nowNs);
        };
    }

    /** A znode below the parents, or sometimes one of them. */
    private String znode()
    {
        final String parent = PARENTS.get(random.nextInt(PARENTS.size()));

        return random.nextInt(8) == 0 ? parent : parent + "/" + random.nextInt(WIDTH);
    }

    private Operation created(final Operation create)
    {
        create.data = data(create.number);
        create.isEphemeral = !PARENTS.contains(create.path) && random.nextInt(3) == 0;

        return create;
    }

    private Operation set(final Operation set)
    {
        set.data = data(set.number);
        set.version = random.nextInt(3) == 0 ? random.nextInt(RECENT_VERSIONS) : Operation.ANY_VERSION;

        return set;
    }

    private Operation sequential(final long sessionId, final long nowNs)
    {
        final Operation create = of(Operation.Kind.CREATE, PARENTS.get(random.nextInt(PARENTS.size())) + "/n",
            sessionId, nowNs);
        create.data = data(create.number);
        create.isSequential = true;
        create.isEphemeral = random.nextInt(4) != 0;

        return create;
    }

    /** Data of any length, which begin with the mark of the request if there are any. */
    private String data(final int number)
    {
        return random.nextInt(8) == 0 ? "" : EffectChecker.mark(clientId, number) + ".".repeat(random.nextInt(
            DOTS_MAX));
    }

    private Operation multi(final long sessionId, final long nowNs)
    {
        final Operation multi = of(Operation.Kind.MULTI, "", sessionId, nowNs);
        final String above = PARENTS.get(random.nextInt(PARENTS.size()));
        for (int i = 1 + random.nextInt(PARTS_MAX); i > 0; i--)
        {
            final String path = random.nextInt(6) == 0 ? znode() : above + "/" + random.nextInt(WIDTH);
            multi.parts.add(switch (random.nextInt(7))
            {
                case 0, 1 -> created(partOf(multi, Operation.Kind.CREATE, path));
                case 2, 3, 4 -> set(partOf(multi, Operation.Kind.SET_DATA, path));
                case 5 -> partOf(multi, Operation.Kind.DELETE, path);
                default -> partOf(multi, Operation.Kind.CHECK, path);
            });
        }

        return multi;
    }

    private List<Operation> reads(final int dice, final long sessionId, final long nowNs)
    {
        final String quota = QUOTAS + GOVERNED.get(random.nextInt(GOVERNED.size()));

        return switch (dice % 10)
        {
            case 0, 1, 2, 3 -> List.of(watched(of(Operation.Kind.GET_DATA, quota + USAGE, sessionId, nowNs)));
            case 4 -> List.of(watched(of(Operation.Kind.GET_DATA, quota + LIMITS, sessionId, nowNs)));
            case 5 -> List.of(watched(of(Operation.Kind.EXISTS, quota + USAGE, sessionId, nowNs)));
            case 6 -> List.of(watched(of(Operation.Kind.GET_CHILDREN, znode(), sessionId, nowNs)));
            case 7 -> List.of(watch(sessionId, nowNs));
            default -> syncedRead(quota + USAGE, sessionId, nowNs);
        };
    }

    private Operation watch(final long sessionId, final long nowNs)
    {
        final Operation watch = of(Operation.Kind.ADD_WATCH, random.nextBoolean() ? QUOTAS : znode(), sessionId, nowNs);
        watch.isRecursive = random.nextBoolean();

        return watch;
    }

    private List<Operation> syncedRead(final String path, final long sessionId, final long nowNs)
    {
        final Operation sync = of(Operation.Kind.SYNC, path, sessionId, nowNs);
        final Operation read = of(Operation.Kind.GET_DATA, path, sessionId, nowNs);
        read.sync = sync;

        return List.of(sync, read);
    }

    private Operation watched(final Operation operation)
    {
        operation.isWatching = random.nextInt(3) == 0;

        return operation;
    }
}
