/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.testing.FaultyFileSystem;
import io.caracal.journal.testing.ForcedImage;
import io.caracal.journal.testing.RealStorage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TwoSlotFileTest
{
    private static final int SLOT_LENGTH = 4096;

    private final Path directory = newDirectory();

    @AfterEach
    void end()
    {
        RealStorage.delete(directory);
    }

    @Test
    void shouldHoldNothingAtFirst() throws IOException
    {
        try (TwoSlotFile file = open())
        {
            assertNull(file.payload());
        }
    }

    @Test
    void shouldHoldWhatWasWrittenLast() throws IOException
    {
        for (int i = 1; i <= 7; i++)
        {
            try (TwoSlotFile file = open())
            {
                file.replace(new byte[]{ (byte)i, 9 });
            }

            assertArrayEquals(new byte[]{ (byte)i, 9 }, payload());
        }
    }

    @Test
    void shouldGrowWithItsPayload() throws IOException
    {
        final byte[] large = new byte[100_000];
        new Random(1).nextBytes(large);
        try (TwoSlotFile file = open())
        {
            file.replace(new byte[]{ 1 });
            file.replace(large);
            file.replace(new byte[]{ 2 });
            file.replace(large);
        }

        assertArrayEquals(large, payload());
        assertEquals(4 * 131_072, Files.size(path()));
    }

    @Test
    void shouldHoldWhatMadeItGrowAfterAPowerCut() throws IOException
    {
        final byte[] large = new byte[100_000];
        new Random(2).nextBytes(large);
        final Path elsewhere = newDirectory();
        final ForcedImage forced = new ForcedImage(directory, elsewhere);
        final FaultyFileSystem calls = new FaultyFileSystem();
        calls.afterChange(forced::onCall);

        try (TwoSlotFile file = new TwoSlotFile(path(), calls, SLOT_LENGTH))
        {
            file.replace(new byte[]{ 1 });
            file.replace(large);
            forced.writeTo(elsewhere.resolve("image"));
            assertArrayEquals(large, TwoSlotFile.read(elsewhere.resolve("image").resolve(path().getFileName())));
        }
        finally
        {
            RealStorage.delete(elsewhere);
        }
    }

    @Test
    void shouldSurviveTheLossOfAnyOnePage() throws IOException
    {
        try (TwoSlotFile file = open())
        {
            file.replace(new byte[]{ 1 });
            file.replace(new byte[]{ 2 });
            file.replace(new byte[]{ 3 });
        }

        for (int page = 0; page < 4; page++)
        {
            final byte[] before = Files.readAllBytes(path());
            RealStorage.flipByte(path(), (long)page * SLOT_LENGTH + 24);
            assertArrayEquals(new byte[]{ 3 }, payload(), "page " + page);
            Files.write(path(), before);
        }
    }

    /** Pages rot one by one, with starts in between. */
    @Test
    void shouldSurviveTheLossOfOneTwinAfterTheOther() throws IOException
    {
        for (int first = 0; first < 2; first++)
        {
            Files.deleteIfExists(path());
            try (TwoSlotFile file = open())
            {
                file.replace(new byte[]{ 1 });
                file.replace(new byte[]{ 2 });
            }

            RealStorage.flipByte(path(), (long)first * SLOT_LENGTH + 24);
            assertArrayEquals(new byte[]{ 2 }, payload());
            RealStorage.flipByte(path(), (long)(1 - first) * SLOT_LENGTH + 24);
            assertArrayEquals(new byte[]{ 2 }, payload(), "twin " + first + " first");
        }
    }

    @Test
    void shouldHoldTheOldContentsWhenTheNewOnesAreTorn() throws IOException
    {
        try (TwoSlotFile file = open())
        {
            file.replace(new byte[]{ 1 });
            file.replace(new byte[]{ 2 });
        }

        RealStorage.flipByte(path(), 24);
        RealStorage.flipByte(path(), SLOT_LENGTH + 24);
        assertArrayEquals(new byte[]{ 1 }, payload());
    }

    @Test
    void shouldRefuseAFileWithoutAnyValidSlot() throws IOException
    {
        try (TwoSlotFile file = open())
        {
            file.replace(new byte[]{ 1 });
            file.replace(new byte[]{ 2 });
        }

        for (int page = 0; page < 4; page++)
        {
            RealStorage.flipByte(path(), (long)page * SLOT_LENGTH + 24);
        }

        final CorruptionException refused = assertThrows(CorruptionException.class, this::payload);
        assertTrue(refused.getMessage().contains(path().toString()), refused.getMessage());
    }

    /** What was there may have been newer. */
    @Test
    void shouldRefuseAFileOfWhichASlotWasZeroed() throws IOException
    {
        for (int last = 2; last <= 5; last++)
        {
            Files.deleteIfExists(path());
            try (TwoSlotFile file = open())
            {
                for (int i = 1; i <= last; i++)
                {
                    file.replace(new byte[]{ (byte)i });
                }
            }

            final byte[] whole = Files.readAllBytes(path());
            for (int slot = last == 2 ? 1 : 0; slot < 2; slot++)
            {
                final byte[] zeroed = whole.clone();
                Arrays.fill(zeroed, 2 * slot * SLOT_LENGTH, 2 * (slot + 1) * SLOT_LENGTH, (byte)0);
                Files.write(path(), zeroed);
                assertThrows(CorruptionException.class, this::payload, last + " written, slot " + slot + " zeroed");
            }
        }
    }

    @Test
    void shouldTakeATornFirstWriteForNothing() throws IOException
    {
        try (TwoSlotFile file = open())
        {
            file.replace(new byte[]{ 1 });
        }

        RealStorage.flipByte(path(), 2 * SLOT_LENGTH + 24);
        RealStorage.flipByte(path(), 3 * SLOT_LENGTH + 24);
        assertNull(payload());
    }

    /** Otherwise it would be taken for a file that was just being created, and what it held would be forgotten. */
    @Test
    void shouldRefuseAFileThatWasCutShort() throws IOException
    {
        try (TwoSlotFile file = open())
        {
            file.replace(new byte[]{ 1 });
            file.replace(new byte[]{ 2 });
        }

        final byte[] whole = Files.readAllBytes(path());
        for (final int length : new int[]{ 100, SLOT_LENGTH, 3 * SLOT_LENGTH + 7, 4 * SLOT_LENGTH - 1 })
        {
            Files.write(path(), Arrays.copyOf(whole, length));
            final String message = assertThrows(CorruptionException.class, this::payload).getMessage();
            assertTrue(message.contains("was cut to " + length + " bytes"), message);
        }
    }

    /** In a grown file the newer contents may lie behind the cut, and the older ones in front of it. */
    @Test
    void shouldRefuseAGrownFileThatWasCutToALengthThatSuchAFileCanHave() throws IOException
    {
        for (final int grownLength : new int[]{ 2 * SLOT_LENGTH, 4 * SLOT_LENGTH, 16 * SLOT_LENGTH })
        {
            for (int before = 0; before < 2; before++)
            {
                for (int after = 1; after <= 3; after++)
                {
                    assertRefusedWhenCut(grownBetween(before, grownLength, after));
                }
            }
        }
    }

    /** A file with short contents that grew for long ones and then took short ones again. */
    private byte[] grownBetween(final int before, final int slotLength, final int after) throws IOException
    {
        Files.deleteIfExists(path());
        try (TwoSlotFile file = open())
        {
            for (int i = 0; i <= before; i++)
            {
                file.replace(new byte[]{ 1 });
            }
            file.replace(new byte[slotLength / 2 + 1]);
            for (int i = 0; i < after; i++)
            {
                file.replace(new byte[]{ 2 });
            }
        }

        return Files.readAllBytes(path());
    }

    private void assertRefusedWhenCut(final byte[] whole) throws IOException
    {
        for (int length = 4 * SLOT_LENGTH; length < whole.length; length += 4 * SLOT_LENGTH)
        {
            Files.write(path(), Arrays.copyOf(whole, length));
            assertThrows(CorruptionException.class, () -> TwoSlotFile.read(path()), whole.length + " cut to " + length);
            assertThrows(CorruptionException.class, this::payload, whole.length + " cut to " + length);
        }
    }

    @Test
    void shouldCreateAnewWhatWasTornWhileItWasCreated() throws IOException
    {
        for (final int length : new int[]{ 0, 100, 4 * SLOT_LENGTH - 1 })
        {
            Files.write(path(), new byte[length]);
            assertNull(TwoSlotFile.read(path()));
            assertNull(payload());
            assertEquals(4 * SLOT_LENGTH, Files.size(path()));
        }

        Files.write(path(), new byte[4 * SLOT_LENGTH + 1]);
        assertThrows(CorruptionException.class, this::payload, "it is longer than one that is being created");
    }

    /** Its length would say how much memory a slot takes. */
    @Test
    void shouldRefuseAFileLongerThanItCanBe() throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw"))
        {
            file.setLength(1L << 33);
        }

        assertThrows(CorruptionException.class, () -> TwoSlotFile.read(path()));
        assertThrows(CorruptionException.class, this::payload);
    }

    /** The owner of the file may be writing it at the same moment. */
    @Test
    void shouldWriteNothingToAFileThatSomebodyElseHas() throws IOException
    {
        final List<String> changes = new ArrayList<>();
        final FaultyFileSystem calls = new FaultyFileSystem();
        calls.beforeChange((call, changed) -> changes.add(call));
        try (TwoSlotFile file = open())
        {
            file.replace(new byte[]{ 1 });
            assertTrue(file.isLocked());
            try (TwoSlotFile second = new TwoSlotFile(path(), calls, SLOT_LENGTH))
            {
                assertFalse(second.isLocked());
                assertArrayEquals(new byte[]{ 1 }, second.payload());
            }
            assertEquals(List.of(), changes);
        }

        new TwoSlotFile(path(), calls, SLOT_LENGTH).close();
        assertEquals(List.of("write", "force", "write", "force"), changes, "each twin on its own");
    }

    private TwoSlotFile open() throws IOException
    {
        return new TwoSlotFile(path(), new RealFileSystem(), SLOT_LENGTH);
    }

    private byte[] payload() throws IOException
    {
        try (TwoSlotFile file = open())
        {
            return file.payload();
        }
    }

    private Path path()
    {
        return directory.resolve("record");
    }

    private static Path newDirectory()
    {
        try
        {
            return Files.createTempDirectory("caracal-two-slots");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
