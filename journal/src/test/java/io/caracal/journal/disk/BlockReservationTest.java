/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockReservationTest
{
    private static final int LENGTH = 8 * 1024 * 1024;
    private static final int STAT_BLOCK_LENGTH = 512;

    @TempDir
    private Path directory;

    @Test
    void shouldGiveAFileRealBlocks() throws IOException, InterruptedException
    {
        final Path file = directory.resolve("reserved");
        new BlockReservation().reserve(file, LENGTH);

        assertEquals(LENGTH, Files.size(file));
        assertTrue(blocks(file) * STAT_BLOCK_LENGTH >= LENGTH, "blocks: " + blocks(file));
    }

    /** The foreign calls cannot even be loaded from where the system has a library for all programs. */
    @Test
    void shouldGiveAFileRealBlocksWhereTheForeignCallsCannotBeLoaded() throws IOException, InterruptedException
    {
        final Path file = directory.resolve("reserved");
        final Path none = directory.resolve("none");
        try (ChildProcess child = new ChildProcess(List.of("env", "-C", "/proc", "TMPDIR=" + none,
            "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + none + " -Djava.library.path=" + none), ReservationMain.class,
            file.toString(), String.valueOf(LENGTH)))
        {
            assertEquals("cannot be loaded", child.await(ReservationMain.FOREIGN_CALLS));
            assertEquals(0, child.exitCode(), child.rest()::toString);
        }

        assertEquals(LENGTH, Files.size(file));
        assertTrue(blocks(file) * STAT_BLOCK_LENGTH >= LENGTH, "blocks: " + blocks(file));
    }

    @Test
    void shouldReserveSmallFilesAsWell() throws IOException, InterruptedException
    {
        final Path file = directory.resolve("small");
        new BlockReservation().reserve(file, 16 * 1024);

        assertEquals(16 * 1024, Files.size(file));
        assertTrue(blocks(file) * STAT_BLOCK_LENGTH >= 16 * 1024, "blocks: " + blocks(file));
    }

    @Test
    void shouldKeepContents() throws IOException
    {
        final Path file = directory.resolve("old");
        Files.write(file, new byte[]{ 1, 2, 3 });
        new BlockReservation().reserve(file, LENGTH);

        final byte[] bytes = Files.readAllBytes(file);
        assertEquals(LENGTH, bytes.length);
        assertEquals(3, bytes[2]);
        assertEquals(0, bytes[3]);
    }

    @Test
    void shouldNameTheLimitOfTheLengthOfFiles()
    {
        final Path file = directory.resolve("long");
        final BlockReservation limited = new BlockReservation((descriptor, length) -> CLibrary.EFBIG);

        final IOException refusal = assertThrows(IOException.class, () -> limited.reserve(file, LENGTH));
        assertTrue(refusal.getMessage().contains("bytes of " + file + " by the limit of this process (ulimit -f"),
            refusal.getMessage());
    }

    /** A quota that is used up is a full disk for its user. */
    @ParameterizedTest
    @ValueSource(ints = { CLibrary.ENOSPC, CLibrary.EDQUOT })
    void shouldTellWantOfRoom(final int error)
    {
        final BlockReservation full = new BlockReservation((descriptor, length) -> error);
        assertThrows(NoSpaceException.class, () -> full.reserve(directory.resolve("full"), LENGTH));
    }

    @Test
    void shouldGoOnAfterASignal() throws IOException, InterruptedException
    {
        final int[] signals = { 2 };
        final Path file = directory.resolve("signalled");
        new BlockReservation((descriptor, length) -> signals[0]-- > 0 ? 4 : CLibrary.posixFallocate(descriptor, 0,
            length)).reserve(file, LENGTH);

        assertEquals(-1, signals[0]);
        assertTrue(blocks(file) * STAT_BLOCK_LENGTH >= LENGTH, "blocks: " + blocks(file));
    }

    private static long blocks(final Path file) throws IOException, InterruptedException
    {
        final Process process = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        final String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertEquals(0, process.waitFor());
        return Long.parseLong(answer.trim());
    }
}
