/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.engine.port.CorruptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Damages a two-slot file at random. It opens with something that was once written, or not at all. Damage to only one
 * copy of the value in force changes nothing.
 */
class TwoSlotFileFuzzTest
{
    private static final int SLOT_LENGTH = 4096;
    private static final int MAGIC_LENGTH = 8;
    private static final int WRITES_MAX = 4;

    @FuzzTest(maxDuration = "20s", maxExecutions = 3_000)
    void shouldHoldWhatWasWrittenOrRefuse(final FuzzedDataProvider data) throws IOException
    {
        final Path directory = Files.createTempDirectory("two-slot");
        final Path file = directory.resolve("file");
        try
        {
            final byte[][] written = write(file, data);
            final byte[] bytes = Files.readAllBytes(file);
            final byte[] sound = bytes.clone();
            final int copiesHit = damage(bytes, written.length, data);
            final boolean isReadable = copiesHit < 2 && !looksCut(sound, bytes);
            final int length = data.consumeInt(0, 2) == 0 ? data.consumeInt(0, bytes.length) : bytes.length;
            Files.write(file, Arrays.copyOf(bytes, length));
            assertOpens(file, written, length == bytes.length && isReadable);
        }
        finally
        {
            Files.deleteIfExists(directory.resolve("file.tmp"));
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private static byte[][] write(final Path file, final FuzzedDataProvider data) throws IOException
    {
        final byte[][] written = new byte[data.consumeInt(1, WRITES_MAX)][];
        try (TwoSlotFile slots = new TwoSlotFile(file, new RealFileSystem(), SLOT_LENGTH))
        {
            for (int i = 0; i < written.length; i++)
            {
                written[i] = data.consumeBytes(data.consumeInt(0, 100));
                slots.replace(written[i]);
            }
        }

        return written;
    }

    /** Changes bytes. Returns how many of the two copies of the value in force were hit. */
    private static int damage(final byte[] bytes, final int sequence, final FuzzedDataProvider data)
    {
        final boolean[] isHit = new boolean[2];
        for (int i = data.consumeInt(0, 4); i > 0 && data.remainingBytes() > 2; i--)
        {
            final int copy = data.consumeInt(0, 3);
            bytes[copy * SLOT_LENGTH + data.consumeInt(0, 130)] ^= data.consumeByte();
            if (copy / 2 == sequence % 2)
            {
                isHit[copy % 2] = true;
            }
        }

        return (isHit[0] ? 1 : 0) + (isHit[1] ? 1 : 0);
    }

    /**
     * Whether the beginnings of all copies but one are damaged. Then the rest of the file may as well be the contents
     * of that one, in a larger file of which this is the first part.
     */
    private static boolean looksCut(final byte[] sound, final byte[] damaged)
    {
        int left = 0;
        for (int copy = 0; copy < 4; copy++)
        {
            final int start = copy * SLOT_LENGTH;
            left += Arrays.equals(sound, start, start + MAGIC_LENGTH, damaged, start, start + MAGIC_LENGTH) ? 1 : 0;
        }

        return left == 1;
    }

    private static void assertOpens(final Path file, final byte[][] written, final boolean isWhole) throws IOException
    {
        try (TwoSlotFile slots = new TwoSlotFile(file, new RealFileSystem(), SLOT_LENGTH))
        {
            final byte[] payload = slots.payload();
            if (isWhole)
            {
                assertArrayEquals(written[written.length - 1], payload);
            }
            else if (payload != null)
            {
                assertEquals(1, Arrays.stream(written).filter(once -> Arrays.equals(once, payload)).distinct().limit(1)
                    .count());
            }
        }
        catch (final CorruptionException refused)
        {
            assertNotNull(refused.getMessage());
            assertEquals(false, isWhole, refused.getMessage());
        }
    }
}
