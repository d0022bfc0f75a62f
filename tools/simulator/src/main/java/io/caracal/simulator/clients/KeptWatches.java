/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import io.caracal.simulator.check.WatchEvent;
import io.caracal.simulator.check.WatchSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The watches of a session as the official library keeps them, to set them again on another connection. An event uses
 * up the watches that it is about. It may come while watches are being set again, that is to say before the answer that
 * says that they are set; then the answer must not bring them back.
 */
final class KeptWatches
{
    private WatchSet watches = new WatchSet();

    /** Events that came while watches were being set again. */
    private final List<WatchEvent> missed = new ArrayList<>();

    boolean isEmpty()
    {
        return watches.isEmpty();
    }

    /**
     * Gives the watches to be set again. Of these only the persistent ones are kept meanwhile, which no event uses up;
     * the others come back with {@link #onSet}.
     */
    WatchSet takeToSetAgain()
    {
        final WatchSet taken = watches;
        watches = new WatchSet();
        watches.persistent.addAll(taken.persistent);
        watches.recursive.addAll(taken.recursive);

        return taken;
    }

    /** Notes the watch that an answered operation has set, if it has set one. */
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
                else if (operation.isWatching && operation.kind == Operation.Kind.EXISTS)
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
            case SET_WATCHES -> onSet(operation.watches);
            default -> {
                // Sets no watch.
            }
        }
    }

    /** Watches were set again, or the connection ended before that was known, and the next one is to set them. */
    void onSet(final WatchSet again)
    {
        watches.data.addAll(again.data);
        watches.exist.addAll(again.exist);
        watches.child.addAll(again.child);
        missed.forEach(event -> forget(event.type(), event.path()));
        missed.clear();
    }

    /**
     * An event came.
     *
     * @param type           of the event.
     * @param path           of the znode.
     * @param isSettingAgain whether watches are being set again, and the answer to that is the next one.
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

    /** The connection ended: no event comes on it any more. */
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
