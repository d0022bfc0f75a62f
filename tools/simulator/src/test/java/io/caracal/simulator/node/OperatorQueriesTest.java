/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.engine.zab.sync.SnapshotChoice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers to operators through a port whose reader is sometimes behind or gives up. */
class OperatorQueriesTest
{
    private static final int TAGS = MemoryTag.values().length;

    private static final String LOADED = "the snapshot of the leader is whole on disk, it is loaded: ";

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void shouldGoOnWithTheRecordThatWasRefused()
    {
        try (TestNode node = new TestNode(disk))
        {
            askMemoryOfABusyReader(node);
            node.operators.isBehind = false;
            node.settle();

            assertEquals(TAGS, node.operators.records.size());
        }
    }

    /** Otherwise one reader that stops would keep everybody from learning whether the server lives. */
    @Test
    void shouldAnswerOthersWhileAReaderIsBehind()
    {
        try (TestNode node = new TestNode(disk))
        {
            node.connect();
            final List<OperatorQuery> queries =
                List.of(OperatorQuery.MEMORY, OperatorQuery.CONFIG, OperatorQuery.WATCH_SUMMARY);
            node.operators.behind.addAll(queries);
            node.operators.queries.addAll(queries);
            node.operators.queries.add(OperatorQuery.STATUS);
            node.settle();
            assertEquals(1, node.operators.completed);

            node.operators.behind.remove(OperatorQuery.WATCH_SUMMARY);
            node.settle();
            assertEquals(2, node.operators.completed);
            node.operators.behind.clear();
            node.settle();
            assertEquals(4, node.operators.completed);
            assertEquals(TAGS + 3, node.operators.records.size());
        }
    }

    @Test
    void shouldLoseNoRecordWhenAQueryThatWaitsIsCancelled()
    {
        try (TestNode node = new TestNode(disk))
        {
            askMemoryOfABusyReader(node);
            node.operators.queries.add(OperatorQuery.DIGESTS);
            node.operators.cancelled.add(OperatorQuery.DIGESTS);
            node.settle();
            node.operators.isBehind = false;
            node.settle();

            assertEquals(TAGS, node.operators.records.size());
            assertEquals(1, node.operators.completed);
        }
    }

    @Test
    void shouldBeginTheNextAnswerAnewWhenTheFirstQueryIsCancelled()
    {
        try (TestNode node = new TestNode(disk))
        {
            askMemoryOfABusyReader(node);
            node.operators.queries.add(OperatorQuery.WATCH_SUMMARY);
            node.operators.cancelled.add(OperatorQuery.MEMORY);
            node.settle();
            node.operators.isBehind = false;
            node.settle();

            assertEquals(1, node.operators.records.size(), "the summary, and nothing of the query before it");
            assertEquals(1, node.operators.completed);
        }
    }

    /** The reader is behind for as long as the server needs to get the snapshot of its leader. */
    @Test
    void shouldEndAListingOfATreeThatIsReplaced()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0))
        {
            ensemble.txnsPerSnapshot = 40;
            ensemble.snapshotChoice = new SnapshotChoice(20, 0);
            ensemble.startAll().await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server listing = ensemble.follower();
            final WireClient client = ensemble.connect(ensemble.leader());
            for (int i = 0; i < 10; i++)
            {
                client.create("/e" + i, "", 1);
            }
            ensemble.runMs(200);
            listing.operators.isBehind = true;
            listing.operators.queries.add(OperatorQuery.EPHEMERALS);
            ensemble.runMs(10);

            ensemble.isolate(listing, true);
            for (int i = 0; i < 100; i++)
            {
                client.create("/n" + i, "", 0);
            }
            ensemble.runMs(2000);
            ensemble.isolate(listing, false);
            ensemble.await("it has the snapshot", 5000, ensemble::areAllServing);
            assertTrue(listing.events.notices.contains(LOADED + ensemble.leader().id),
                listing.events.notices::toString);
            listing.operators.isBehind = false;
            ensemble.await("the listing ends", 1000, () -> listing.operators.completed == 1);

            assertEquals(1, listing.operators.records.size(), "what was found before, and nothing of the new tree");
        }
    }

    private static void askMemoryOfABusyReader(final TestNode node)
    {
        node.connect();
        node.operators.isBehind = true;
        node.operators.queries.add(OperatorQuery.MEMORY);
        node.settle();
        assertEquals(0, node.operators.records.size());
    }
}
