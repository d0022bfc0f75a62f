/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SizeClassesTest
{
    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    @Test
    void shouldLoseLittleOfEachBlock()
    {
        int before = 0;
        for (int length = 1; length <= SizeClasses.CLASS_LENGTH_MAX + 10_000; length++)
        {
            final int block = SizeClasses.blockLength(length);
            assertTrue(block >= length, "it fits");
            assertTrue(block >= before, "longer blocks take no less");
            assertTrue(length <= 16 || block - length <= Math.max(7, length / 8), () -> "lost of " + block);
            before = block;
        }
    }

    @Test
    void shouldKeepBlocksOfAllLengthsApart()
    {
        final SeededRandom random = new SeededRandom(2);
        final List<int[]> blocks = new ArrayList<>();
        try (SizeClasses classes = new SizeClasses(memory.ledger(), MemoryTag.PAYLOADS))
        {
            for (int i = 0; i < 4000; i++)
            {
                if (blocks.size() < 500 || random.nextInt(2) == 0)
                {
                    final int length = 1 + random.nextInt(2 << random.nextInt(17));
                    final int slot = classes.allocate(length);
                    final byte content = (byte)random.nextInt(256);
                    classes.buffer(length, slot).setMemory(classes.offset(length, slot), length, content);
                    blocks.add(new int[]{ length, slot, content });
                }
                else
                {
                    final int[] block = blocks.remove(random.nextInt(blocks.size()));
                    for (int at = 0; at < block[0]; at++)
                    {
                        assertEquals(block[2],
                            classes.buffer(block[0], block[1]).getByte(classes.offset(block[0], block[1]) + at));
                    }
                    classes.free(block[0], block[1]);
                }
            }
        }
    }

    @Test
    void shouldGiveLargeBlocksBackAtOnce()
    {
        try (SizeClasses classes = new SizeClasses(memory.ledger(), MemoryTag.PAYLOADS))
        {
            final int length = 20 * 1024 * 1024;
            final int slot = classes.allocate(length);
            final int other = classes.allocate(length + 1);
            assertTrue(memory.ledger().totalBytes() >= 2L * length);
            classes.free(length, slot);
            classes.free(length + 1, other);
            assertEquals(0, memory.ledger().totalBytes());
            assertEquals(other, classes.allocate(length), "slots are used again");
        }
    }

    @Test
    void shouldRefuseImpossibleLengths()
    {
        try (SizeClasses classes = new SizeClasses(memory.ledger(), MemoryTag.PAYLOADS))
        {
            assertThrows(BrokenInvariantException.class, () -> classes.allocate(0));
            assertThrows(BrokenInvariantException.class, () -> classes.allocate(SizeClasses.LENGTH_MAX + 1));
        }
    }
}
