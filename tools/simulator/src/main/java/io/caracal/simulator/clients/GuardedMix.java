/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Identities;
import io.caracal.simulator.check.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Random operations of a client on znodes with access control lists: a few rooms, and things in them. Lists change all
 * the time. Often a client does not wait for the answer before it does what the new list may forbid or permit. A client
 * is no user, one or two; now and then it proves one more while operations are under way. One client becomes
 * super. A client that ends its session proves less in the next one.
 */
public final class GuardedMix extends DrawnWishes
{
    private static final String ROOMS = "/g";
    private static final int ROOM_COUNT = 3;
    private static final int THING_COUNT = 3;
    private static final int HUNDRED = 100;
    private static final int CLOSE_ONE_IN = 150;
    private static final int PROVES_ONE_IN = 200;
    private static final long OVERDUE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int RECENT_VERSIONS = 4;
    private static final int MULTI_PARTS_MAX = 4;
    private static final int SUPER_CLIENT = 4;

    private final DrawnAcls acls;
    private final List<String> credentials = new ArrayList<>();

    /** What the client has not proven yet. */
    private final List<String> secrets = new ArrayList<>();
    private long lastAnsweredNs;
    private boolean isRoomsAsked;

    /**
     * Creates a source of random operations.
     *
     * @param seed     of the choices.
     * @param clientId of the client.
     */
    public GuardedMix(final long seed, final int clientId)
    {
        super(seed, clientId);
        acls = new DrawnAcls(random);
        beAnotherPerson();
    }

    /** Draws what the client proves when it connects, and what only later. */
    private void beAnotherPerson()
    {
        credentials.clear();
        secrets.clear();

        for (int i = 0; i < DrawnAcls.USERS.size(); i++)
        {
            if ((clientId >> i & 1) != 0)
            {
                (random.nextInt(4) > 0 ? secrets : credentials).add(DrawnAcls.USERS.get(i));
            }
        }

        if (clientId == SUPER_CLIENT)
        {
            secrets.add(Identities.SUPER_CREDENTIALS);
        }
    }

    @Override
    public List<String> credentials()
    {
        return credentials;
    }

    @Override
    public List<Operation> next(final long sessionId, final long nowNs)
    {
        if (!isRoomsAsked)
        {
            isRoomsAsked = true;
            lastAnsweredNs = nowNs;
            return List.of(create(ROOMS, sessionId, nowNs));
        }

        proveMore(nowNs);

        if (random.nextInt(CLOSE_ONE_IN) == 0)
        {
            beAnotherPerson();
            return List.of(of(Operation.Kind.CLOSE_SESSION, "", sessionId, nowNs));
        }

        final int dice = random.nextInt(HUNDRED);

        if (dice < 50)
        {
            return List.of(onAnything(random.nextBoolean() ? room() : thing(room()), sessionId, nowNs));
        }

        if (dice < 70)
        {
            return changeOfAcl(sessionId, nowNs);
        }

        if (dice < 78)
        {
            return syncedRead(sessionId, nowNs);
        }

        return List.of(dice < 85 ? onSequence(sessionId, nowNs) : dice < 95 ? multi(sessionId, nowNs) :
            watch(sessionId, nowNs));
    }

    /** Proves one more user now and then, and most likely while the answers to earlier operations are overdue. */
    private void proveMore(final long nowNs)
    {
        final int oneIn = nowNs - lastAnsweredNs > OVERDUE_NS ? 2 : PROVES_ONE_IN;

        if (!secrets.isEmpty() && random.nextInt(oneIn) == 0)
        {
            credentials.add(secrets.remove(0));
        }
    }

    @Override
    public void onAnswered(final Operation operation)
    {
        super.onAnswered(operation);
        lastAnsweredNs = operation.completedNs;
    }

    private String room()
    {
        return ROOMS + "/" + random.nextInt(ROOM_COUNT);
    }

    private String thing(final String room)
    {
        return room + "/" + random.nextInt(THING_COUNT);
    }

    private Operation onAnything(final String path, final long sessionId, final long nowNs)
    {
        return switch (random.nextInt(12))
        {
            case 0, 1 -> guarded(create(path, sessionId, nowNs));
            case 2, 3 -> versioned(of(Operation.Kind.DELETE, path, sessionId, nowNs));
            case 4, 5 -> versioned(marked(of(Operation.Kind.SET_DATA, path, sessionId, nowNs)));
            case 6, 7 -> of(Operation.Kind.GET_ACL, path, sessionId, nowNs);
            default -> read(path, sessionId, nowNs);
        };
    }

    private Operation read(final String path, final long sessionId, final long nowNs)
    {
        final Operation read = of(switch (random.nextInt(3))
        {
            case 0 -> Operation.Kind.GET_DATA;
            case 1 -> Operation.Kind.EXISTS;
            default -> Operation.Kind.GET_CHILDREN;
        }, path, sessionId, nowNs);
        read.isWatching = random.nextBoolean();

        return read;
    }

    /** A change of a list, mostly followed by something that the new list may permit or forbid. */
    private List<Operation> changeOfAcl(final long sessionId, final long nowNs)
    {
        final String room = room();
        final boolean isOfRoom = random.nextBoolean();
        final Operation change = guarded(versioned(of(Operation.Kind.SET_ACL, isOfRoom ? room : thing(room), sessionId,
            nowNs)));
        final List<Operation> wishes = new ArrayList<>(List.of(change));

        if (random.nextInt(3) > 0)
        {
            wishes.add(onAnything(isOfRoom ? thing(room) : change.path, sessionId, nowNs));
        }

        return wishes;
    }

    private List<Operation> syncedRead(final long sessionId, final long nowNs)
    {
        final String path = random.nextBoolean() ? room() : thing(room());
        final Operation sync = of(Operation.Kind.SYNC, path, sessionId, nowNs);
        final Operation read = of(random.nextBoolean() ? Operation.Kind.GET_ACL : Operation.Kind.GET_DATA, path,
            sessionId, nowNs);
        read.sync = sync;

        return List.of(sync, read);
    }

    private Operation onSequence(final long sessionId, final long nowNs)
    {
        if (!ownSequences.isEmpty() && random.nextBoolean())
        {
            return of(Operation.Kind.DELETE, ownSequences.remove(0), sessionId, nowNs);
        }

        final Operation create = guarded(create(room() + "/n", sessionId, nowNs));
        create.isSequential = true;
        create.isEphemeral = random.nextBoolean();

        return create;
    }

    /** Parts of which the first may concern a room, and the others things in it, often the same one. */
    private Operation multi(final long sessionId, final long nowNs)
    {
        final Operation multi = of(Operation.Kind.MULTI, "", sessionId, nowNs);
        final String room = room();

        if (random.nextInt(3) == 0)
        {
            multi.parts.add(part(multi, room));
        }

        for (int left = 1 + random.nextInt(MULTI_PARTS_MAX); left > 0; left--)
        {
            multi.parts.add(part(multi, thing(room)));
        }

        return multi;
    }

    private Operation part(final Operation multi, final String path)
    {
        final Operation.Kind kind = switch (random.nextInt(7))
        {
            case 0, 1, 2 -> Operation.Kind.CREATE;
            case 3 -> Operation.Kind.DELETE;
            case 4 -> Operation.Kind.CHECK;
            default -> Operation.Kind.SET_DATA;
        };
        final Operation part = partOf(multi, kind, path);

        if (kind == Operation.Kind.CREATE)
        {
            guarded(part);
        }

        return kind == Operation.Kind.CREATE || kind == Operation.Kind.SET_DATA ? marked(part) : part;
    }

    private Operation watch(final long sessionId, final long nowNs)
    {
        final Operation watch = of(Operation.Kind.ADD_WATCH, random.nextInt(4) == 0 ? ROOMS : room(), sessionId, nowNs);
        watch.isRecursive = random.nextBoolean();

        return watch;
    }

    private Operation create(final String path, final long sessionId, final long nowNs)
    {
        return marked(of(Operation.Kind.CREATE, path, sessionId, nowNs));
    }

    private Operation guarded(final Operation operation)
    {
        operation.acl = acls.next();

        return operation;
    }

    private Operation versioned(final Operation operation)
    {
        operation.version = random.nextInt(4) == 0 ? random.nextInt(RECENT_VERSIONS) : Operation.ANY_VERSION;

        return operation;
    }
}
