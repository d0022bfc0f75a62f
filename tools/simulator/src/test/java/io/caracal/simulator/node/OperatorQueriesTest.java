/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.OperatorQuery;
import org.junit.jupiter.api.Test;

/** Answers to operators through a port whose reader is sometimes behind or gives up. */
class OperatorQueriesTest
{
    private static final int TAGS = MemoryTag.values().length;

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

    private static void askMemoryOfABusyReader(final TestNode node)
    {
        node.connect();
        node.operators.isBehind = true;
        node.operators.queries.add(OperatorQuery.MEMORY);
        node.settle();
        assertEquals(0, node.operators.records.size());
    }
}
