/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Makes a server from the data of another one, which may be damaged. */
@Timeout(480)
class DataRestoreTest extends BackupFixture
{
    private static final int ZNODES = 20;
    private static final int DATA_LENGTH = 3_000;

    /** Fills a server with /n10, /n11 and so on; returns the zxid of each. */
    private long[] fill() throws Exception
    {
        final long[] zxids = new long[ZNODES];
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            for (int i = 0; i < ZNODES; i++)
            {
                world.create(name(i), World.bytes(name(i) + "=".repeat(DATA_LENGTH)));
                zxids[i] = world.client().exists(name(i), false).getCzxid();
            }
        }

        return zxids;
    }

    private static String name(final int i)
    {
        return "/n" + (10 + i);
    }

    /** Changes one bit of the data of a znode, as it lies in the log. */
    private void damage(final int i) throws IOException
    {
        final byte[] searched = World.bytes(name(i) + "==");
        for (final Path file : segments())
        {
            try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw"))
            {
                final byte[] bytes = new byte[(int)Math.min(log.length(), 1 << 20)];
                log.readFully(bytes);
                final int at = indexOf(bytes, searched);
                if (at >= 0)
                {
                    log.seek(at);
                    log.write(bytes[at] ^ 1);
                    return;
                }
            }
        }

        throw new AssertionError(name(i) + " is not in the log");
    }

    private List<Path> segments() throws IOException
    {
        try (Stream<Path> files = Files.walk(live.resolve("caracal-1/segments")))
        {
            return files.filter(file -> file.toString().endsWith(".cq4")).sorted().toList();
        }
    }

    private static int indexOf(final byte[] bytes, final byte[] searched)
    {
        for (int at = 0; at + searched.length <= bytes.length; at++)
        {
            int same = 0;
            while (same < searched.length && bytes[at + same] == searched[same])
            {
                same++;
            }
            if (same == searched.length)
            {
                return at;
            }
        }

        return -1;
    }

    private static void assertHolds(final Path dataDir, final int count) throws Exception
    {
        try (Server server = Run.server(dataDir))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            for (int i = 0; i < ZNODES; i++)
            {
                assertEquals(i < count, client.exists(name(i), false) != null, name(i));
            }
            client.setData("/", World.bytes("it takes writes"), -1);
            client.close();
        }
    }

    @Test
    void shouldEndTheHistoryAtTheDamageAndSayWhatIsLost() throws Exception
    {
        final long[] zxids = fill();
        damage(12);
        final Path to = dir.resolve("to");

        final Run refused = Run.of("restore", live, "--to", to);
        assertEquals(1, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains("; with --up-to-damage what is whole before it is restored"), refused.err());
        assertFalse(Files.exists(to.resolve("caracal-1")));

        final Run run = Run.done("restore", live, "--to", to, "--up-to-damage");
        assertTrue(run.err().contains("passed over: " + segments().get(0) + ", offset "), run.err());
        assertTrue(run.err().contains("; what came after zxid 0x" + Long.toHexString(zxids[11]) + " is lost"),
            run.err());
        assertHolds(to, 12);
    }

    @Test
    void shouldRestoreAnyMomentBeforeTheDamageWithoutLosingWhatWasAskedFor() throws Exception
    {
        final long[] zxids = fill();
        damage(12);
        assertTrue(Run.done("restore", live, "--to", dir.resolve("told"), "--to-zxid", Long.toHexString(zxids[5])).out()
            .contains("; the first transaction left out is 0x" + Long.toHexString(zxids[6]) + " of 2"));
        final Path before = dir.resolve("before");
        assertEquals("", Run.done("restore", live, "--to", before, "--to-zxid", Long.toHexString(zxids[5]), "-q")
            .err());
        assertHolds(before, 6);

        final Path last = dir.resolve("last");
        assertEquals("", Run.done("restore", live, "--to", last, "--to-zxid", Long.toHexString(zxids[11]), "-q")
            .err());
        assertHolds(last, 12);

        final Run behind = Run.of("restore", live, "--to", dir.resolve("behind"), "--up-to-damage", "--to-zxid",
            Long.toHexString(zxids[15]));
        assertEquals(1, behind.exitCode());
        assertTrue(behind.err().contains("the data ends at zxid 0x" + Long.toHexString(zxids[11])), behind.err());
    }

    @Test
    void shouldRestoreAllOfWhatIsWhole() throws Exception
    {
        fill();
        final Path to = dir.resolve("to");
        assertEquals("", Run.done("restore", live, "--to", to, "--up-to-damage", "-q").err());
        assertHolds(to, ZNODES);
    }

    /** Started with the first one alone, the server would refuse data whose log is not there. */
    @Test
    void shouldNameBothDirectoriesOfTheNewServer() throws Exception
    {
        fill();
        final Path to = dir.resolve("to");
        final Path log = dir.resolve("log");
        final String out = Run.done("restore", live, "--to", to, "--to-log-dir", log).out();
        assertTrue(out.contains("; start the server with dataDir=" + to + " and dataLogDir=" + log), out);
    }

    /** The files were copied one after the other, the manifest first, while the server went on. */
    @Test
    void shouldRefuseAManifestThatIsOlderThanTheLog() throws Exception
    {
        final long[] zxids = fill();
        final Path manifest = live.resolve("caracal-1/manifest");
        final byte[] older = Files.readAllBytes(manifest);
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/later", null);
        }
        Files.write(manifest, older);

        final List<Run> refused = List.of(Run.of("restore", live, "--to", dir.resolve("to")),
            Run.of("export", "--from", live, "--to", dir.resolve("to")), Run.of("journal", "verify", live),
            Run.of("backup", dir.resolve("backup"), "--from", live));
        for (final Run run : refused)
        {
            assertEquals(1, run.exitCode(), run.out());
            assertTrue(run.err().contains(manifest + ", offset 0: does not name "), run.err());
        }

        Run.done("restore", live, "--to", dir.resolve("to"), "--to-zxid", Long.toHexString(zxids[3]));
        assertHolds(dir.resolve("to"), 4);
        final Path whole = dir.resolve("whole");
        final Run run = Run.done("restore", live, "--to", whole, "--up-to-damage");
        assertTrue(run.err().contains(" is lost"), run.err());
        assertHolds(whole, ZNODES);
    }

    @Test
    void shouldRestoreToATimeWithoutABackup() throws Exception
    {
        final long time;
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create(name(0), null);
            time = world.client().exists(name(0), false).getCtime();
            long later = time;
            for (int i = 0; later <= time; i++)
            {
                world.create("/later-" + i, null);
                later = world.client().exists("/later-" + i, false).getCtime();
            }
            world.create(name(1), null);
        }

        final Path to = dir.resolve("to");
        Run.done("restore", live, "--to", to, "--to-time", time);
        assertHolds(to, 1);

        final Run early = Run.of("restore", to, "--to", dir.resolve("early"), "--to-time", time - 1);
        assertEquals(1, early.exitCode(), early.err());
        assertTrue(early.err().contains("the data begins later than that: at zxid 0x"), early.err());
    }

    /** The times of the znodes do not show a deletion, and a restore to the moment before one would not undo it. */
    @Test
    void shouldNotBeginWithASnapshotThatLacksWhatWasDeletedLater() throws Exception
    {
        final long time;
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create(name(0), null);
            world.create(name(1), null);
            time = world.client().exists(name(1), false).getCtime();
            while (System.currentTimeMillis() <= time)
            {
                Thread.onSpinWait();
            }
            world.client().delete(name(1), -1);
        }
        final Path there = dir.resolve("there");
        Run.done("restore", live, "--to", dir.resolve("before"), "--to-time", time);
        assertHolds(dir.resolve("before"), 2);
        Run.done("restore", live, "--to", there);
        Run.done("backup", dir.resolve("backup"), "--from", there);

        for (final Path source : List.of(there, dir.resolve("backup")))
        {
            final Run early = Run.of("restore", source, "--to", dir.resolve("early"), "--to-time", time);
            assertEquals(1, early.exitCode(), early.out());
            assertTrue(early.err().contains("nothing shows that this was before then; --to-zxid "), early.err());
            Run.done("restore", source, "--to", dir.resolve("of-" + source.getFileName()), "--to-time",
                System.currentTimeMillis());
            assertHolds(dir.resolve("of-" + source.getFileName()), 1);
        }
    }

    /** Whoever restores loses as little as possible, so damaged epochs do not matter. */
    @Test
    void shouldDoWithoutTheEpochs() throws Exception
    {
        fill();
        final Path epochs = live.resolve("caracal-1/epochs");
        Files.write(epochs, World.bytes("x".repeat((int)Files.size(epochs))));
        final Run refused = Run.of("restore", live, "--to", dir.resolve("to"));
        assertEquals(1, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains(epochs + ", offset 0: no valid slot"), refused.err());

        final Run run = Run.done("restore", live, "--to", dir.resolve("to"), "--up-to-damage");
        assertTrue(run.err().contains("passed over: " + epochs), run.err());
        assertHolds(dir.resolve("to"), ZNODES);
    }

    @Test
    void shouldTakeTheBackupThatLiesInTheDataDirectoryUnlessTheDataIsMeant() throws Exception
    {
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create(name(0), null);
        }
        Run.done("backup", live, "--from", live);
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create(name(1), null);
        }

        Run.done("restore", live, "--to", dir.resolve("backup"));
        assertHolds(dir.resolve("backup"), 1);
        Run.done("restore", live, "--log-dir", live, "--to", dir.resolve("data"));
        assertHolds(dir.resolve("data"), 2);
    }

    @Test
    void shouldRefuseTheDataOfAServerThatRunsAndOptionsThatMeanNothing() throws Exception
    {
        final Path backup = filled();
        try (Server server = Run.server(live))
        {
            final Run busy = Run.of("restore", live, "--to", dir.resolve("to"));
            assertEquals(3, busy.exitCode(), busy.err());
            assertTrue(busy.err().contains("is in use by a server"), busy.err());
            assertFalse(server.connectString().isEmpty());
        }

        final Run meaningless = Run.of("restore", backup, "--to", dir.resolve("to"), "--up-to-damage");
        assertEquals(2, meaningless.exitCode(), meaningless.err());
        assertTrue(meaningless.err().contains(backup + " is no dataDir of a server"), meaningless.err());
    }
}
