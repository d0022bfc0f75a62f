/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.tree.LookAhead;
import io.caracal.engine.tree.TestTree;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FramesAheadTest
{
    private static final int ZNODES = 70_000;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private TestTree largeTree()
    {
        final TestTree test = new TestTree(memory.ledger(), TestTree.SEED, false);
        for (int i = 0; i < ZNODES; i++)
        {
            test.createAt("/n" + i, null, 0, test.tree().aclId(test.tree().root()), 1, 1);
        }

        return test;
    }

    /** Joins frames, each preceded by its length. */
    private static UnsafeBuffer arrival(final byte[]... frames)
    {
        final ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        for (final byte[] frame : frames)
        {
            bytes.putInt(frame.length).put(frame);
        }

        return new UnsafeBuffer(bytes.array(), 0, bytes.position());
    }

    private static int look(final FramesAhead ahead, final UnsafeBuffer arrived)
    {
        return ahead.look(arrived, 0, arrived.capacity());
    }

    @Test
    void shouldFindThePathsOfRequests()
    {
        try (TestTree test = largeTree())
        {
            final LookAhead tree = test.tree().lookAhead();
            final FramesAhead ahead = new FramesAhead(tree);
            final UnsafeBuffer arrived = arrival(Frames.read(1, "/n1", false), Frames.bare(2, OpCode.PING),
                Frames.read(3, "/missing", true), Frames.setData(4, "/n69999"));

            assertEquals(arrived.capacity(), look(ahead, arrived));
            assertEquals(2, tree.touch(), "two znodes of zxid 1");
        }
    }

    @Test
    void shouldGoOnWhereItEnded()
    {
        try (TestTree test = largeTree())
        {
            final byte[][] frames = new byte[LookAhead.PATHS_MAX + 1][];
            for (int i = 0; i < frames.length; i++)
            {
                frames[i] = Frames.read(i, "/n" + i, false);
            }
            final LookAhead tree = test.tree().lookAhead();
            final FramesAhead ahead = new FramesAhead(tree);
            final UnsafeBuffer arrived = arrival(frames);

            final int at = look(ahead, arrived);
            assertEquals(arrived.capacity() - 4 - frames[LookAhead.PATHS_MAX].length, at);
            assertEquals(arrived.capacity(), ahead.look(arrived, at, arrived.capacity()));
            assertEquals(frames.length, tree.touch());
        }
    }

    @Test
    void shouldLookAtNothingOfASmallTree()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            test.createAt("/a", null, 0, test.tree().aclId(test.tree().root()), 1, 1);
            final LookAhead tree = test.tree().lookAhead();
            final UnsafeBuffer arrived = arrival(Frames.read(1, "/a", false));

            assertEquals(arrived.capacity(), look(new FramesAhead(tree), arrived));
            assertEquals(0, tree.touch());
        }
    }

    /** The bytes have not been checked before: lengths may be anything, and the last frame may be cut off anywhere. */
    @Test
    void shouldStandAnyBytes()
    {
        try (TestTree test = largeTree())
        {
            final FramesAhead ahead = new FramesAhead(test.tree().lookAhead());
            final SplittableRandom random = new SplittableRandom(3);
            for (int round = 0; round < 20_000; round++)
            {
                final UnsafeBuffer arrived = arrival(Frames.read(1, "/n1", false), Frames.setData(4, "/n2"),
                    Frames.read(3, "/n3", true));
                for (int i = random.nextInt(4); i >= 0; i--)
                {
                    arrived.putByte(random.nextInt(arrived.capacity()), (byte)random.nextInt());
                }
                final int limit = 1 + random.nextInt(arrived.capacity());
                arrived.wrap(arrived.byteArray(), 0, limit);

                final int at = ahead.look(arrived, 0, limit);
                assertTrue(at > 0 && at <= limit);
            }
        }
    }
}
