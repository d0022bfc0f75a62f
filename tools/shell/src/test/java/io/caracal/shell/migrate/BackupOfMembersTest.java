/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.JournalContext;
import io.caracal.journal.offline.StoredData;
import io.caracal.journal.open.OpenJournal;
import io.caracal.server.Server;
import io.caracal.shell.FilesMain;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of members of an ensemble, and of servers that are killed and start again beside a backup. */
@Timeout(480)
class BackupOfMembersTest extends BackupFixture
{
    /** A member was killed with transactions that no other had, and gave them up when it came back. */
    @Test
    void shouldGiveUpWhatTheEnsembleGaveUp() throws Exception
    {
        final Path backup = filled();
        final Path member = dir.resolve("member");
        copy(live, member);
        final long committed = lastZxid(live);
        for (int i = 1; i <= 3; i++)
        {
            append(live, committed + i, committed);
        }
        Run.done("backup", backup, "--from", live);
        assertTrue(Run.done("backup", backup, "--from", live, "--json").out().contains("\"lastZxid\":\"0x" +
            Long.toHexString(committed + 3)));

        final Run behind = Run.of("backup", backup, "--from", member);
        assertEquals(1, behind.exitCode(), behind.err());
        assertTrue(behind.err().contains("Run this again when clients have written"), behind.err());

        try (Server server = Run.server(member); World world = new World(server.connectString()))
        {
            world.create("/after", null);
        }
        Run.done("backup", backup, "--from", member);
        Run.done("backup", backup, "--from", member);
        final Path to = dir.resolve("to");
        Run.done("restore", backup, "--to", to);
        assertEquals(lastZxid(member), lastSnapshotZxid(to));
        final String dump = Run.done("journal", "dump", backup).out();
        assertTrue(dump.contains(" zxid 0x" + Long.toHexString(committed) + " "), dump);
        assertFalse(dump.contains(" zxid 0x" + Long.toHexString(committed + 1) + " "), dump);
    }

    /** The file with what was given up holds more than that, so it is written anew. */
    @Test
    void shouldKeepWhatWasCommittedOfAFileAndLeaveNoOther() throws Exception
    {
        filled();
        final Path member = dir.resolve("member");
        copy(live, member);
        final long committed = lastZxid(live);
        append(live, committed + 1, committed);
        final Path backup = dir.resolve("of-both");
        Run.done("backup", backup, "--from", live);
        try (Server server = Run.server(member); World world = new World(server.connectString()))
        {
            world.create("/after", null);
        }
        Run.done("backup", backup, "--from", member);
        final String catalog = Files.readString(backup.resolve("catalog"));
        assertEquals(2, names(backup).stream().filter(name -> name.startsWith("log-")).count(), catalog);
        assertEquals(Run.done("journal", "dump", member).out(), Run.done("journal", "dump", backup).out());
        Run.done("journal", "verify", backup);
    }

    /** The log of a member that was sent a snapshot does not hold the transaction with which that ends. */
    @Test
    void shouldGoOnFromAnotherMemberWhereABackupEndsWithASnapshot(@TempDir final Path other) throws Exception
    {
        final Path backup = dir.resolve("backup-of-receiver");
        final Path receiver = dir.resolve("receiver");
        Run.done("restore", filled(), "--to", receiver);
        Run.done("backup", backup, "--from", receiver);
        write(live, "/b");
        write(other, "/x");
        write(other, "/y");
        assertEquals(lastZxid(live), lastZxid(other));
        final Run foreign = Run.of("backup", backup, "--from", other);
        assertEquals(1, foreign.exitCode(), foreign.out());
        assertTrue(foreign.err().contains("which this server does not have"), foreign.err());

        final Run run = Run.done("backup", backup, "--from", live, "--json");
        assertTrue(run.out().contains("\"firstZxid\":\"0x" + Long.toHexString(lastSnapshotZxid(receiver)) + "\""),
            run.out());
        final Path to = dir.resolve("to");
        Run.done("restore", backup, "--to", to);
        try (Server server = Run.server(to); World world = new World(server.connectString()))
        {
            assertNotNull(world.client().exists("/a", false));
            assertNotNull(world.client().exists("/b", false));
        }
    }

    private static void write(final Path dataDir, final String path) throws Exception
    {
        try (Server server = Run.server(dataDir); World world = new World(server.connectString()))
        {
            world.create(path, World.bytes("alpha"));
        }
    }

    /** A tool that takes long, or whose output nobody reads to its end, must not keep a server from starting. */
    @Test
    void shouldLetAServerStartWhileItsLogIsRead() throws Exception
    {
        filled();
        final boolean[] isStarted = new boolean[1];
        final OutputStream slow = new OutputStream()
        {
            @Override
            public void write(final int octet)
            {
                start();
            }

            @Override
            public void write(final byte[] bytes, final int offset, final int length)
            {
                start();
            }

            private void start()
            {
                try (Server server = Run.server(live))
                {
                    isStarted[0] = server.clientPort() > 0;
                }
            }
        };
        assertEquals(0, FilesMain.run(slow, OutputStream.nullOutputStream(), "journal", "dump", live.toString()));
        assertTrue(isStarted[0]);
    }

    private static void copy(final Path from, final Path to) throws IOException
    {
        try (Stream<Path> files = Files.walk(from))
        {
            for (final Path file : (Iterable<Path>)files::iterator)
            {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static long lastZxid(final Path dataDir) throws IOException
    {
        try (StoredData data = StoredData.open(DataDirs.layout(dataDir, null)))
        {
            return data.log().read(data.log().baseZxid(), new LastRecord(), () -> true);
        }
    }

    private static long lastSnapshotZxid(final Path dataDir) throws IOException
    {
        try (StoredData data = StoredData.open(DataDirs.layout(dataDir, null)))
        {
            return data.log().snapshotZxid();
        }
    }

    /** Appends the bytes of the last record once more, as one that the rest of the ensemble never had. */
    private static void append(final Path dataDir, final long zxid, final long committedZxid)
    {
        final LastRecord last = new LastRecord();
        final long[] durable = new long[1];
        try (OpenJournal opened = OpenJournal.open(new JournalContext().dataDir(dataDir)
            .onFailure(Assertions::fail)))
        {
            while (!last.isEnd)
            {
                opened.journal().replay(0, last);
            }
            assertTrue(opened.journal().append(zxid, committedZxid, last.bytes, 0, last.bytes.capacity()));
            final DurabilityHandler handler = new DurabilityHandler()
            {
                @Override
                public void onDurable(final long upTo)
                {
                    durable[0] = upTo;
                }

                @Override
                public void onTruncated(final long upTo)
                {
                    Assertions.fail("cut");
                }

                @Override
                public void onSpaceExhausted()
                {
                    Assertions.fail("the disk is full");
                }

                @Override
                public void onSpaceAvailable()
                {
                    // there always was room
                }
            };
            while (durable[0] < zxid)
            {
                opened.journal().poll(handler);
                Thread.onSpinWait();
            }
        }
    }

    /** Keeps the last record. */
    private static final class LastRecord implements ReplayHandler
    {
        private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
        private boolean isEnd;

        @Override
        public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
            final int length)
        {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            bytes.wrap(copy);
        }

        @Override
        public void onReplayEnd(final long lastZxid)
        {
            isEnd = true;
        }
    }
}
