/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import io.caracal.simulator.check.WatchEvent;
import io.caracal.simulator.check.WatchSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The watches of a session, kept as the official library keeps them, so that they can be set again on another
 * connection. An event uses up the watches that it concerns. It may arrive while watches are being set again, before
 * the answer that confirms them; that answer must then not bring the used-up watches back.
 */
final class KeptWatches
{
    private WatchSet watches = new WatchSet();

    /** Events that arrived while watches were being set again. */
    private final List<WatchEvent> missed = new ArrayList<>();

    boolean isEmpty()
    {
        return watches.isEmpty();
    }

    /**
     * Takes out the watches that are to be set again. Meanwhile only the persistent ones stay, because no event uses
     * them up. The others come back with {@link #onSet}.
     */
    WatchSet takeToSetAgain()
    {
        final WatchSet taken = watches;
        watches = new WatchSet();
        watches.persistent.addAll(taken.persistent);
        watches.recursive.addAll(taken.recursive);

        return taken;
    }

    /** Keeps the watch that an answered operation has set, if any, and forgets those that it has removed. */
    void onAnswered(final Operation operation)
    {
        final boolean isFound = operation.error == 0;

        switch (operation.kind)
        {
            case EXISTS, GET_DATA -> {
                if (operation.isWatching && isFound)
                {
                    watches.data.add(operation.path);
                }
                else if (operation.isWatching && operation.kind == Operation.Kind.EXISTS &&
                    operation.error == Operation.NO_NODE)
                {
                    watches.exist.add(operation.path);
                }
            }
            case GET_CHILDREN -> {
                if (operation.isWatching && isFound)
                {
                    watches.child.add(operation.path);
                }
            }
            case ADD_WATCH -> (operation.isRecursive ? watches.recursive : watches.persistent).add(operation.path);
            case REMOVE_WATCHES -> watches.remove(operation.watchType, operation.path);
            case SET_WATCHES -> onSet(operation.watches);
            default -> {
                // Sets no watch.
            }
        }
    }

    /**
     * Brings back watches that were taken out: either they were set again, or the connection ended before the client
     * knew that, so that the next connection must set them.
     */
    void onSet(final WatchSet again)
    {
        watches.data.addAll(again.data);
        watches.exist.addAll(again.exist);
        watches.child.addAll(again.child);
        missed.forEach(event -> forget(event.type(), event.path()));
        missed.clear();
    }

    /**
     * An event arrived.
     *
     * @param type           of the event.
     * @param path           of the znode.
     * @param isSettingAgain whether the next answer is that of an operation that sets watches again.
     */
    void onEvent(final int type, final String path, final boolean isSettingAgain)
    {
        forget(type, path);

        if (isSettingAgain)
        {
            missed.add(new WatchEvent(0, type, path));
        }
    }

    private void forget(final int type, final String path)
    {
        switch (type)
        {
            case WatchEvent.CREATED, WatchEvent.DATA_CHANGED -> {
                watches.data.remove(path);
                watches.exist.remove(path);
            }
            case WatchEvent.DELETED -> {
                watches.data.remove(path);
                watches.exist.remove(path);
                watches.child.remove(path);
            }
            default -> watches.child.remove(path);
        }
    }

    /** The connection ended, so no more events arrive on it. */
    void onDisconnected()
    {
        missed.clear();
    }

    /** The session ended, and its watches with it. */
    void onSessionEnded()
    {
        watches = new WatchSet();
    }
}
