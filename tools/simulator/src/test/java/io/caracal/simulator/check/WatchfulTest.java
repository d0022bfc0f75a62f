/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Watches that are removed, listings of ephemerals, and several reads at once. */
class WatchfulTest
{
    private static final String READ = "a read shows the state at its zxid: ";
    private static final String FOUND = "a connection has the watches that it has set and not removed: ";

    private final RationedLog agreed = new RationedLog();
    private final WatchChecker watches = new WatchChecker(agreed.log, agreed.tree, 1);

    @Test
    void shouldSeeAnEventOfAWatchThatWasRemoved()
    {
        watch("/a");
        watch("/b");
        watches.onReply(typed(Operation.Kind.REMOVE_WATCHES, WatchSet.Type.PERSISTENT, 0));
        agreed.create("/a", "1");
        agreed.create("/b", "2");
        Broken.rule("client 1 is sent ", () -> watches.onEvent(new WatchEvent(1, WatchEvent.CREATED, "/a")));
        watches.onEvent(new WatchEvent(2, WatchEvent.CREATED, "/b"));
    }

    @Test
    void shouldSeeAnAnswerAboutWatchesThatIsWrong()
    {
        watch("/a");
        for (final Operation.Kind kind : List.of(Operation.Kind.CHECK_WATCHES, Operation.Kind.REMOVE_WATCHES))
        {
            Broken.rule(FOUND, () -> watches.onReply(typed(kind, WatchSet.Type.RECURSIVE, 0)));
            Broken.rule(FOUND, () -> watches.onReply(typed(kind, WatchSet.Type.ANY, Operation.NO_WATCHER)));
            watches.onReply(typed(kind, WatchSet.Type.RECURSIVE, Operation.NO_WATCHER));
            watches.onReply(typed(kind, WatchSet.Type.ANY, 0));
        }

        Broken.rule(FOUND, () -> watches.onReply(typed(Operation.Kind.CHECK_WATCHES, WatchSet.Type.ANY, 0)));
    }

    @Test
    void shouldSeeAListingOfEphemeralsThatIsWrong()
    {
        agreed.create("/e", "1");
        agreed.createEphemeral("/e/1", "2");
        agreed.createEphemeral("/e/10", "3");
        agreed.createEphemeral("/e/2", "4");

        final Operation list = read(Operation.Kind.GET_EPHEMERALS, "/e/1");
        Broken.rule(READ, () -> agreed.replies.onReply(list));
        list.children = List.of("/e/1", "/e/10", "/e/2");
        Broken.rule(READ, () -> agreed.replies.onReply(list));
        list.children = List.of("/e/10", "/e/1");
        agreed.replies.onReply(list);

        final Operation earlier = read(Operation.Kind.GET_EPHEMERALS, "");
        earlier.zxid = 2;
        earlier.children = List.of("/e/1");
        agreed.replies.onReply(earlier);
    }

    @Test
    void shouldSeeWhatIsWrongWithOneOfSeveralReads()
    {
        agreed.create("/a", "1");
        agreed.create("/a/b", "2");

        final Operation reads = read(Operation.Kind.MULTI_READ, "");
        final Operation names = part(reads, Operation.Kind.GET_CHILDREN, "/a", 0);
        names.children = List.of("b");
        final Operation missing = part(reads, Operation.Kind.GET_DATA, "/c", Operation.NO_NODE);
        agreed.replies.onReply(reads);

        names.children = List.of();
        Broken.rule(READ, () -> agreed.replies.onReply(reads));
        names.children = List.of("b");
        missing.error = 0;
        Broken.rule(READ, () -> agreed.replies.onReply(reads));
        missing.error = Operation.NO_NODE;
        reads.partErrors.remove(1);
        Broken.rule(READ, () -> agreed.replies.onReply(reads));
    }

    private void watch(final String path)
    {
        watches.onReply(read(Operation.Kind.ADD_WATCH, path));
    }

    private Operation typed(final Operation.Kind kind, final WatchSet.Type type, final int error)
    {
        final Operation operation = read(kind, "/a");
        operation.watchType = type;
        operation.error = error;

        return operation;
    }

    private Operation part(final Operation reads, final Operation.Kind kind, final String path, final int error)
    {
        final Operation part = read(kind, path);
        part.error = error;
        reads.parts.add(part);
        reads.partErrors.add(error);

        return part;
    }

    /** An answered operation at the latest zxid. */
    private Operation read(final Operation.Kind kind, final String path)
    {
        final Operation operation = new Operation(kind, path, 1, 1, RationedLog.SESSION, 0);
        operation.outcome = Operation.Outcome.ANSWERED;
        operation.zxid = agreed.log.lastAgreedZxid();

        return operation;
    }
}
