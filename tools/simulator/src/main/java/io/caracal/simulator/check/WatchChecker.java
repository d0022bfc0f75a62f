/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the watch events of one connection. It fires the watches by the agreed transactions. The client must be sent
 * exactly the events that are expected here, each one before the first reply that could show the change.
 */
public final class WatchChecker
{
    private static final String RULE =
        "watch events come in order, before what they tell of can be seen, and only then";

    private static final String FOUND = "a connection has the watches that it has set and not removed";

    private final AgreedLog log;
    private final ModelTree tree;
    private final int clientId;
    private final WatchSet set = new WatchSet();
    private final ArrayDeque<WatchEvent> expected = new ArrayDeque<>();

    /** Those of them that are sent only if the server took the client's last credentials early enough. */
    private final Set<WatchEvent> uncertain = new HashSet<>();
    private final EventAccess access;
    private final List<WatchEvent> caughtUp = new ArrayList<>();
    private long firedZxid;
    private Txn firing;
    private int firingPart;

    /**
     * Creates the checker of a connection without watches.
     *
     * @param log      agreed transactions.
     * @param tree     built from them.
     * @param clientId of the connection's client.
     */
    public WatchChecker(final AgreedLog log, final ModelTree tree, final int clientId)
    {
        this.log = log;
        this.tree = tree;
        this.clientId = clientId;
        access = new EventAccess(tree, Identities.of(clientId));
    }

    /**
     * The client received the answer to its credentials.
     *
     * @param identities that it has proven by now.
     */
    public void onAuthenticated(final Identities identities)
    {
        access.onAuthenticated(identities);
    }

    /**
     * The client received an event.
     *
     * @param event as received.
     */
    public void onEvent(final WatchEvent event)
    {
        if (event.zxid() == WatchEvent.CAUGHT_UP)
        {
            caughtUp.add(event);
            return;
        }

        fireUpTo(event.zxid());
        final WatchEvent next = nextBut(event);
        Violation.unless(event.equals(next), RULE, () -> "client " + clientId + " is sent " + event + ", expected is " +
            next);
    }

    /**
     * The client received a reply, which shows the state at a zxid.
     *
     * @param operation with its answer.
     */
    public void onReply(final Operation operation)
    {
        fireUpTo(operation.zxid);
        expected.removeIf(uncertain::contains);
        uncertain.clear();
        Violation.unless(expected.isEmpty(), RULE, () -> operation + " is answered before " + expected.peekFirst());

        if (operation.kind == Operation.Kind.SET_WATCHES)
        {
            onSetAgain(operation);
        }
        else
        {
            Violation.unless(caughtUp.isEmpty(), RULE, () -> "client " + clientId + " is sent " + caughtUp);
            watch(operation);
        }
    }

    /** Takes the next event that is expected, and before it those that need not be sent, unless they are this one. */
    private WatchEvent nextBut(final WatchEvent event)
    {
        WatchEvent next = expected.pollFirst();

        while (next != null && !next.equals(event) && uncertain.contains(next))
        {
            next = expected.pollFirst();
        }

        if (next != null && uncertain.contains(next))
        {
            uncertain.clear();
        }

        return next;
    }

    private void watch(final Operation operation)
    {
        final boolean isMissing = operation.error == Operation.NO_NODE;

        switch (operation.kind)
        {
            case GET_DATA, EXISTS -> {
                if (operation.isWatching && (operation.error == 0 ||
                    (isMissing && operation.kind == Operation.Kind.EXISTS)))
                {
                    set.data.add(operation.path);
                }
            }
            case GET_CHILDREN -> {
                if (operation.isWatching && operation.error == 0)
                {
                    set.child.add(operation.path);
                }
            }
            case ADD_WATCH -> (operation.isRecursive ? set.recursive : set.persistent).add(operation.path);
            case CHECK_WATCHES -> checkFound(operation);
            case REMOVE_WATCHES -> {
                checkFound(operation);
                set.remove(operation.watchType, operation.path);
            }
            default -> {
                // Sets no watch.
            }
        }
    }

    private void checkFound(final Operation operation)
    {
        final int expected = set.has(operation.watchType, operation.path) ? 0 : Operation.NO_WATCHER;
        Violation.unless(operation.error == expected, FOUND,
            () -> operation + " of type " + operation.watchType + ", expected is " + expected + ": " + set);
    }

    /**
     * Checks the events of watches that a new connection sets again: the server must send at once the changes that were
     * missed.
     */
    private void onSetAgain(final Operation operation)
    {
        final List<WatchEvent> missed = new ArrayList<>();
        final WatchSet watches = operation.watches;

        for (final String path : watches.data)
        {
            final Znode znode = tree.at(path, operation.zxid);
            miss(missed, path, znode == null ? WatchEvent.DELETED :
                znode.mzxid() > operation.relativeZxid ? WatchEvent.DATA_CHANGED : 0, set.data);
        }

        for (final String path : watches.exist)
        {
            miss(missed, path, tree.at(path, operation.zxid) == null ? 0 : WatchEvent.CREATED, set.data);
        }

        for (final String path : watches.child)
        {
            final Znode znode = tree.at(path, operation.zxid);
            miss(missed, path, znode == null ? WatchEvent.DELETED :
                znode.pzxid() > operation.relativeZxid ? WatchEvent.CHILDREN_CHANGED : 0, set.child);
        }

        set.persistent.addAll(watches.persistent);
        set.recursive.addAll(watches.recursive);
        Violation.unless(missed.equals(caughtUp), RULE, () -> "client " + clientId + " sets watches again at " +
            Violation.zxid(operation.zxid) + " since " + Violation.zxid(operation.relativeZxid) + " (" + watches +
            "), is sent " + caughtUp + ", expected is " + missed);
        caughtUp.clear();
    }

    private static void miss(final List<WatchEvent> missed, final String path, final int type,
        final Set<String> kept)
    {
        if (type == 0)
        {
            kept.add(path);
        }
        else
        {
            missed.add(new WatchEvent(WatchEvent.CAUGHT_UP, type, path));
        }
    }

    private void fireUpTo(final long zxid)
    {
        for (int i = log.indexAfter(firedZxid); i < log.agreed().size() && log.agreed().get(i).zxid() <= zxid; i++)
        {
            fire(log.agreed().get(i));
        }

        firedZxid = Math.max(firedZxid, zxid);
        access.onShown();
    }

    private void fire(final Txn txn)
    {
        firing = txn;
        firingPart = -1;

        if (txn.kind() == Txn.Kind.CLOSE_SESSION)
        {
            tree.goneWith(txn.zxid()).forEach(path -> fireDeleted(txn.zxid(), path));
        }

        for (final Txn.Part part : txn.parts())
        {
            firingPart++;

            switch (part.change())
            {
                case CREATE -> fireCreated(txn.zxid(), part.path());
                case DELETE -> fireDeleted(txn.zxid(), part.path());
                case SET_DATA -> fireDataChanged(txn.zxid(), part.path());
                case SET_ACL, CHECK -> {
                    // Fires no watch.
                }
            }
        }
    }

    private void fireCreated(final long zxid, final String path)
    {
        if (isDataWatched(path))
        {
            expect(zxid, WatchEvent.CREATED, path);
        }

        fireChildren(zxid, ModelTree.parentOf(path));
    }

    private void fireDataChanged(final long zxid, final String path)
    {
        if (isDataWatched(path))
        {
            expect(zxid, WatchEvent.DATA_CHANGED, path);
        }
    }

    private void fireDeleted(final long zxid, final String path)
    {
        final boolean isDataWatched = isDataWatched(path);

        if (isChildWatched(path) || isDataWatched)
        {
            expect(zxid, WatchEvent.DELETED, path);
        }

        fireChildren(zxid, ModelTree.parentOf(path));
    }

    private void fireChildren(final long zxid, final String path)
    {
        if (isChildWatched(path))
        {
            expect(zxid, WatchEvent.CHILDREN_CHANGED, path);
        }
    }

    /** Whether a child watch exists for the path. A one-time watch is removed. */
    private boolean isChildWatched(final String path)
    {
        return set.child.remove(path) || set.persistent.contains(path);
    }

    /** Whether a data watch exists for the path. A one-time watch is removed. */
    private boolean isDataWatched(final String path)
    {
        return set.data.remove(path) || set.persistent.contains(path) || set.isBelowRecursive(path);
    }

    private void expect(final long zxid, final int type, final String path)
    {
        final WatchEvent event = new WatchEvent(zxid, type, path);

        if (access.isPermitted(firing, firingPart, event))
        {
            expected.add(event);

            if (!access.isCertain(firing, firingPart, event))
            {
                uncertain.add(event);
            }
        }
    }
}
