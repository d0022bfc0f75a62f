/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.simulator.check.Operation;
import io.caracal.simulator.check.WatchEvent;
import io.caracal.simulator.check.WatchSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptWatchesTest
{
    private final KeptWatches watches = new KeptWatches();

    @Test
    void shouldKeepAWatchUntilItsEvent()
    {
        watch(Operation.Kind.GET_DATA, "/a", 0);
        watch(Operation.Kind.GET_CHILDREN, "/a", 0);
        watches.onEvent(WatchEvent.DATA_CHANGED, "/a", false);

        final WatchSet left = watches.takeToSetAgain();
        assertEquals(Set.of(), left.data);
        assertEquals(Set.of("/a"), left.child);
    }

    /** On a znode that does not exist, only exists sets a watch. */
    @Test
    void shouldKeepWatchesOfZnodesThatDoNotExist()
    {
        watch(Operation.Kind.EXISTS, "/a", Operation.NO_NODE);
        watch(Operation.Kind.GET_DATA, "/b", Operation.NO_NODE);

        final WatchSet kept = watches.takeToSetAgain();
        assertEquals(Set.of("/a"), kept.exist);
        assertEquals(Set.of(), kept.data);
    }

    @Test
    void shouldNotBringBackAWatchWhoseEventCameWhileItWasSetAgain()
    {
        watch(Operation.Kind.GET_DATA, "/a", 0);
        watch(Operation.Kind.GET_DATA, "/b", 0);
        final WatchSet again = watches.takeToSetAgain();
        assertTrue(watches.isEmpty());
        watches.onEvent(WatchEvent.DELETED, "/a", true);
        watches.onSet(again);

        assertEquals(Set.of("/b"), watches.takeToSetAgain().data);
    }

    /** An event of an earlier connection says nothing about watches that are set on a later one. */
    @Test
    void shouldForgetWithAConnectionWhatItMissed()
    {
        watch(Operation.Kind.GET_DATA, "/a", 0);
        final WatchSet again = watches.takeToSetAgain();
        watches.onEvent(WatchEvent.DATA_CHANGED, "/b", true);
        watches.onDisconnected();
        again.data.add("/b");
        watches.onSet(again);

        assertEquals(Set.of("/a", "/b"), watches.takeToSetAgain().data);
    }

    @Test
    void shouldKeepPersistentWatchesWhateverComes()
    {
        watch(Operation.Kind.ADD_WATCH, "/a", 0);
        watches.onEvent(WatchEvent.DELETED, "/a", false);
        assertEquals(Set.of("/a"), watches.takeToSetAgain().persistent);
        assertEquals(Set.of("/a"), watches.takeToSetAgain().persistent);

        watches.onSessionEnded();
        assertTrue(watches.isEmpty());
    }

    @Test
    void shouldForgetWatchesThatWereRemoved()
    {
        watch(Operation.Kind.GET_DATA, "/a", 0);
        watch(Operation.Kind.EXISTS, "/b", Operation.NO_NODE);
        watch(Operation.Kind.GET_CHILDREN, "/b", 0);
        watch(Operation.Kind.ADD_WATCH, "/a", 0);
        remove(WatchSet.Type.PERSISTENT, "/a");
        remove(WatchSet.Type.DATA, "/b");

        final WatchSet left = watches.takeToSetAgain();
        assertEquals(Set.of("/a"), left.data);
        assertEquals(Set.of("/b"), left.child);
        assertEquals(Set.of(), left.exist);
        assertEquals(Set.of(), left.persistent);
    }

    private void remove(final WatchSet.Type type, final String path)
    {
        final Operation removal = new Operation(Operation.Kind.REMOVE_WATCHES, path, 1, 1, 1, 0);
        removal.watchType = type;
        watches.onAnswered(removal);
    }

    private void watch(final Operation.Kind kind, final String path, final int error)
    {
        final Operation operation = new Operation(kind, path, 1, 1, 1, 0);
        operation.isWatching = true;
        operation.error = error;
        watches.onAnswered(operation);
    }
}
