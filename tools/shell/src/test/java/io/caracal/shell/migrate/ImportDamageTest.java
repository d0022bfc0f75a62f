/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Adler32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage in ZooKeeper's files is reported by file and offset, and a refused import leaves nothing behind. */
@Timeout(480)
class ImportDamageTest
{
    private static final int LOG_HEAD_LENGTH = 16;

    @TempDir
    private Path from;

    @TempDir
    private Path to;

    private Path home;

    @BeforeEach
    void fill() throws Exception
    {
        final ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(from);
        final World world = new World(zooKeeper.connectString());
        try (world)
        {
            world.create("/a", World.bytes("alpha"));
            world.create("/b", World.bytes("beta"));
            zooKeeper.snapshot();
            world.create("/c", World.bytes("gamma"));
            world.create("/d", World.bytes("delta"));
            zooKeeper.close();
        }
        home = from.resolve("version-2");
    }

    private Path newest(final String prefix) throws IOException
    {
        try (Stream<Path> files = Files.list(home))
        {
            final List<Path> found = files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted()
                .collect(Collectors.toList());

            return found.get(found.size() - 1);
        }
    }

    private Run refused() throws IOException
    {
        final Run run = Run.of("import", "--from", from, "--to", to);
        assertEquals(1, run.exitCode(), run.out() + run.err());
        try (Stream<Path> left = Files.list(to))
        {
            assertEquals(List.of(), left.collect(Collectors.toList()));
        }

        return run;
    }

    private static int indexOf(final byte[] bytes, final String text)
    {
        final byte[] wanted = World.bytes(text);
        for (int i = 0; i <= bytes.length - wanted.length; i++)
        {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length))
            {
                return i;
            }
        }

        throw new AssertionError(text + " is not there");
    }

    private static void flip(final Path file, final String text) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[indexOf(bytes, text)] ^= 4;
        Files.write(file, bytes);
    }

    @Test
    void shouldRefuseASnapshotWithAFlippedBit() throws IOException
    {
        final Path snapshot = newest("snapshot.");
        flip(snapshot, "beta");
        final Run run = refused();
        assertTrue(run.err().contains(snapshot + ", offset "), run.err());
        assertTrue(run.err().contains("checksum"), run.err());
    }

    @Test
    void shouldPassOverASnapshotThatWasNotWrittenToItsEnd() throws IOException
    {
        final Path snapshot = newest("snapshot.");
        final byte[] bytes = Files.readAllBytes(snapshot);
        Files.write(snapshot, Arrays.copyOf(bytes, bytes.length - 7));
        final Run run = Run.done("import", "--from", from, "--to", to);
        assertTrue(run.out().contains(snapshot + " was not written to its end"), run.out());
        assertTrue(run.out().contains("snapshot.0 and"), run.out());
    }

    /** Who sees the file would not believe that there is none. */
    @Test
    void shouldSayWhyTheOnlySnapshotIsNone() throws IOException
    {
        final Path snapshot = newest("snapshot.");
        final byte[] bytes = Files.readAllBytes(snapshot);
        deleteSnapshots();
        Files.write(snapshot, Arrays.copyOf(bytes, bytes.length - 7));
        Files.write(newest("log."), new byte[0]);
        final Run run = refused();
        assertTrue(run.err().contains("nothing to import (" + snapshot + " was not written to its end)"), run.err());
    }

    @Test
    void shouldRefuseALogWithAFlippedBit() throws IOException
    {
        final Path log = newest("log.");
        flip(log, "gamma");
        final Run run = refused();
        assertTrue(run.err().contains(log + ", offset "), run.err());
        assertTrue(run.err().contains("checksum"), run.err());
    }

    @Test
    void shouldStopBeforeAnEntryThatWasNotWrittenToItsEnd() throws IOException
    {
        final Path log = newest("log.");
        final byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, indexOf(bytes, "delta") + 2));
        final Run run = Run.done("import", "--from", from, "--to", to);
        assertTrue(run.out().contains("the last entry was not written to its end"), run.out());
    }

    /** The length of an entry that is damaged, a block that the disk lost, and the byte after an entry. */
    private static Stream<Arguments> falseEnds()
    {
        return Stream.of(arguments(8, 10, 0x7F), arguments(8, 12, 2), arguments(0, 1 << 20, 0), arguments(-1, 0, 0));
    }

    /** Whatever of an entry is damaged, the log must not seem to end before it, since the next one is there. */
    @ParameterizedTest
    @MethodSource("falseEnds")
    void shouldNotTakeDamageForTheEndOfTheLog(final int begin, final int end, final int value) throws IOException
    {
        final Path log = newest("log.");
        final byte[] bytes = Files.readAllBytes(log);
        final int entry = entryOf(bytes, "gamma");
        final int next = entry + length(bytes, entry);
        Arrays.fill(bytes, begin < 0 ? next + begin : entry + begin, begin < 0 ? next : Math.min(entry + end, next),
            (byte)value);
        Files.write(log, bytes);

        final Run run = refused();
        assertTrue(run.err().contains(log + ", offset " + entry + ": this looks like the end of the log, but"),
            run.err());
        assertTrue(run.err().contains("--up-to-damage imports what was before that"), run.err());
        final Run told = Run.done("import", "--from", from, "--to", to, "--up-to-damage");
        assertTrue(told.out().contains("; what came after zxid 0x"), told.out());
        assertTrue(told.out().contains(" is lost"), told.out());
    }

    /** The checksum of the head's first transaction is as good a witness as any. */
    @Test
    void shouldNotTakeALogWithoutItsHeadForAnEmptyOne() throws IOException
    {
        final Path log = newest("log.");
        final byte[] bytes = Files.readAllBytes(log);
        Arrays.fill(bytes, 0, LOG_HEAD_LENGTH, (byte)0);
        Files.write(log, bytes);
        final Run run = refused();
        assertTrue(run.err().contains(log + ", offset 0: this looks like the end of the log, but"), run.err());
    }

    /** A disk without power may have taken a later block and not an earlier one; ZooKeeper then goes on before both. */
    @Test
    void shouldGoOnWhereZooKeeperDid() throws IOException
    {
        final Path log = newest("log.");
        final byte[] bytes = Files.readAllBytes(log);
        final int entry = entryOf(bytes, "gamma");
        final byte[] later = bytes.clone();
        System.arraycopy(bytes, entry, later, LOG_HEAD_LENGTH, bytes.length - entry);
        final long zxid = ByteBuffer.wrap(bytes).getLong(entry + 8 + 4 + 8 + 4);
        Files.write(home.resolve("log." + Long.toHexString(zxid)), later);
        Arrays.fill(bytes, entry, entry + length(bytes, entry), (byte)0);
        Files.write(log, bytes);

        final Run run = Run.done("import", "--from", from, "--to", to);
        assertFalse(run.out().contains("lost"), run.out());
    }

    /** Offset of the entry that holds a text. */
    private static int entryOf(final byte[] bytes, final String text)
    {
        final int wanted = indexOf(bytes, text);
        int entry = LOG_HEAD_LENGTH;
        while (entry + length(bytes, entry) < wanted)
        {
            entry += length(bytes, entry);
        }

        return entry;
    }

    /** ZooKeeper's leader had another tree than the one that the files give. */
    @Test
    void shouldRefuseAnotherDigestUnlessItIsToIgnoreIt() throws IOException
    {
        final Path log = newest("log.");
        final byte[] bytes = Files.readAllBytes(log);
        final int entry = entryOf(bytes, "gamma");
        final int end = entry + length(bytes, entry) - 1;
        bytes[end - 1] ^= 1;
        final Adler32 sum = new Adler32();
        sum.update(bytes, entry + 8 + 4, end - entry - 8 - 4);
        ByteBuffer.wrap(bytes).putLong(entry, sum.getValue());
        Files.write(log, bytes);

        final String what = log + ", offset " + entry + ": after zxid 0x";
        assertTrue(refused().err().contains(what));
        final Run told = Run.done("import", "--from", from, "--to", to, "--ignore-digests");
        assertTrue(told.out().contains("  note: " + what), told.out());
    }

    /** Changes that are in a snapshot were in the log first. */
    @Test
    void shouldRefuseALogThatEndsBeforeWhatTheSnapshotHolds() throws IOException
    {
        final Path snapshot = newest("snapshot.");
        final long zxid = Long.parseLong(snapshot.getFileName().toString().substring("snapshot.".length()), 16);
        Files.move(snapshot, home.resolve("snapshot." + Long.toHexString(zxid - 1)));
        final Path log = newest("log.");
        final byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, entryOf(bytes, "beta")));
        final Run run = refused();
        assertTrue(run.err().contains(" holds parts of transactions up to 0x" + Long.toHexString(zxid) +
            ", but the log ends with 0x" + Long.toHexString(zxid - 1)), run.err());
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 5, 200 })
    void shouldPassOverAPackedSnapshotThatWasNotWrittenToItsEnd(final int length) throws IOException
    {
        final Path snapshot = newest("snapshot.");
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed))
        {
            out.write(Files.readAllBytes(snapshot));
        }
        Files.delete(snapshot);
        final Path cut = home.resolve(snapshot.getFileName() + ".gz");
        Files.write(cut, Arrays.copyOf(packed.toByteArray(), length));
        final Run run = Run.done("import", "--from", from, "--to", to);
        assertTrue(run.out().contains(cut + " was not written to its end"), run.out());
        assertTrue(run.out().contains("snapshot.0 and"), run.out());
    }

    @Test
    void shouldRefuseALogThatLacksATransaction() throws IOException
    {
        final Path log = newest("log.");
        final byte[] bytes = Files.readAllBytes(log);
        final int length = length(bytes, LOG_HEAD_LENGTH);
        final byte[] cut = new byte[bytes.length - length];
        System.arraycopy(bytes, 0, cut, 0, LOG_HEAD_LENGTH);
        System.arraycopy(bytes, LOG_HEAD_LENGTH + length, cut, LOG_HEAD_LENGTH, cut.length - LOG_HEAD_LENGTH);
        Files.write(log, cut);
        Files.delete(newest("snapshot."));
        final Run run = refused();
        assertTrue(run.err().contains("what lies between is missing"), run.err());
    }

    /** Length of the entry at an offset: checksum, length, payload and end mark. */
    private static int length(final byte[] bytes, final int offset)
    {
        return 8 + 4 + ByteBuffer.wrap(bytes).getInt(offset + 8) + 1;
    }

    private void deleteSnapshots() throws IOException
    {
        try (Stream<Path> files = Files.list(home))
        {
            for (final Path file : files.filter(each -> each.getFileName().toString().startsWith("snapshot."))
                .collect(Collectors.toList()))
            {
                Files.delete(file);
            }
        }
    }

    /** A dataLogDir may have been named as the dataDir: each epoch has a log of its own, and old ones are purged. */
    @Test
    void shouldRefuseLogsOfALaterEpochWithoutASnapshot() throws IOException
    {
        deleteSnapshots();
        final Path log = newest("log.");
        final byte[] bytes = Files.readAllBytes(log);
        final byte[] first = Arrays.copyOf(bytes, LOG_HEAD_LENGTH + length(bytes, LOG_HEAD_LENGTH));
        final int payload = LOG_HEAD_LENGTH + 8 + 4;
        final ByteBuffer entry = ByteBuffer.wrap(first).putLong(payload + 8 + 4, 0x500000001L);
        final Adler32 sum = new Adler32();
        sum.update(first, payload, first.length - payload - 1);
        entry.putLong(LOG_HEAD_LENGTH, sum.getValue());
        Files.delete(log);
        Files.write(home.resolve("log.500000001"), first);
        final Run run = refused();
        assertTrue(run.err().contains("there is no snapshot to begin with"), run.err());
    }

    @Test
    void shouldRefuseLogsWithoutASnapshot() throws IOException
    {
        deleteSnapshots();
        final Path log = newest("log.");
        Files.move(log, home.resolve("log.9"));
        final byte[] bytes = Files.readAllBytes(home.resolve("log.9"));
        final int length = length(bytes, LOG_HEAD_LENGTH);
        final byte[] cut = new byte[bytes.length - length];
        System.arraycopy(bytes, 0, cut, 0, LOG_HEAD_LENGTH);
        System.arraycopy(bytes, LOG_HEAD_LENGTH + length, cut, LOG_HEAD_LENGTH, cut.length - LOG_HEAD_LENGTH);
        Files.write(home.resolve("log.9"), cut);
        final Run run = refused();
        assertTrue(run.err().contains("there is no snapshot to begin with"), run.err());
        assertFalse(run.err().contains("Exception"), run.err());
    }
}
