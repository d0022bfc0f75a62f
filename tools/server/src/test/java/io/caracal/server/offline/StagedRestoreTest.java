/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.zab.Zxid;
import io.caracal.journal.DataLayout;
import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.offline.StoredData;
import io.caracal.journal.open.OpenJournal;
import io.caracal.journal.snapshot.SnapshotFileSink;
import io.caracal.server.OfficialClient;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedRestoreTest
{
    private static final int ALL = 31;
    /** A large number has the process killed at every single call. */
    private static final int STEPS = Integer.getInteger("caracal.restore.steps", 2);
    private static final List<ACL> OPEN = Collections.singletonList(new ACL(ALL, new Id("world", "anyone")));

    @TempDir
    private Path dir;
    private Path home;
    private byte[] snapshot;
    private Stored old;

    /** What lies in a data directory. */
    private record Stored(long zxid, int znodes, int sessions, long digest, StoredData.Epochs epochs)
    {
    }

    @BeforeEach
    void makeOldAndNew() throws Exception
    {
        final Path data = dir.resolve("data");
        home = data.resolve(DataLayout.HOME_NAME);
        write(data, "a", 3);
        try (OfflineReplica replica = new OfflineReplica(); StoredData stored = StoredData.openAlone(layout(home)))
        {
            OfflineLoad.load(stored, replica, OfflineLoad.Until.END, count ->
            {
            });
            final Path files = Files.createDirectory(dir.resolve("files"));
            try (SnapshotFileSink store = new SnapshotFileSink(files, new RealFileSystem()))
            {
                replica.write(store);
            }
            snapshot = Files.readAllBytes(files.resolve(String.format("snapshot-%016x", replica.replica()
                .lastAppliedZxid())));
        }
        write(data, "b", 5);
        old = stored(home);
    }

    private static DataLayout layout(final Path home)
    {
        return new DataLayout(home, home);
    }

    private static void write(final Path data, final String name, final int count) throws Exception
    {
        final ZooKeeper client;
        try (Server server = Server.launch(new ServerContext().dataDir(data).clientPort(0).clientPortAddress(
            "127.0.0.1")))
        {
            client = OfficialClient.connect(server.connectString());
            for (int i = 0; i < count; i++)
            {
                client.create("/" + name + i, new byte[i], OPEN, CreateMode.PERSISTENT);
            }
            client.create("/" + name + "-ephemeral", null, OPEN, CreateMode.EPHEMERAL);
        }
        // Its session was never closed: it lives on, as that of a client that was cut off.
        client.close(1);
    }

    private static Stored stored(final Path home) throws IOException
    {
        try (OfflineReplica replica = new OfflineReplica(); StoredData stored = StoredData.openAlone(layout(home)))
        {
            OfflineLoad.load(stored, replica, OfflineLoad.Until.END, count ->
            {
            });
            return new Stored(replica.replica().lastAppliedZxid(), (int)replica.replica().tree().nodeCount(), replica
                .replica().sessions().size(), replica.replica().tree().digest(), stored.epochs());
        }
    }

    private JournalContext context(final Path of, final FileSystemCalls calls)
    {
        return new JournalContext().dataDir(of.getParent()).dataLogDir(of.getParent()).fileSystem(calls);
    }

    private long stage() throws Exception
    {
        return new RestoreUpload(new StagedRestore(home)).take(new ByteArrayInputStream(snapshot), old.epochs()
            .accepted());
    }

    private Path copyOfHome(final String name) throws IOException
    {
        final Path copy = Files.createDirectory(dir.resolve(name)).resolve(DataLayout.HOME_NAME);
        try (Stream<Path> files = Files.walk(home))
        {
            for (final Path file : files.toList())
            {
                Files.copy(file, copy.resolve(home.relativize(file).toString()));
            }
        }

        return copy;
    }

    @Test
    void shouldPutTheSnapshotInPlaceOfEverythingWithoutItsSessions() throws Exception
    {
        final long zxid = stage();
        assertEquals(old, stored(home), "something changed before the start");
        assertEquals(zxid, new StagedRestore(home).apply(() -> context(home, new RealFileSystem())));

        final Stored now = stored(home);
        assertEquals(zxid, now.zxid());
        assertEquals(0, now.sessions());
        assertEquals(old.znodes() - 5 - 2, now.znodes(), "the five that came later are gone, and both ephemerals");
        assertTrue(Zxid.epoch(zxid) > old.epochs().accepted(), "a zxid of the future comes twice");
        assertEquals(Zxid.epoch(zxid), now.epochs().accepted());
        assertEquals(0, new StagedRestore(home).apply(() -> context(home, new RealFileSystem())));
        assertFalse(new StagedRestore(home).discard());
    }

    @Test
    void shouldLeaveAllOfTheOldOrAllOfTheNewWhereverItIsKilled() throws Exception
    {
        final long zxid = stage();
        boolean isOldSeen = false;
        boolean isNewSeen = false;
        boolean isThrough = false;
        for (int calls = 0; !isThrough; calls += 1 + calls / STEPS)
        {
            final Path copy = copyOfHome("killed-" + calls);
            final FailingDisk disk = new FailingDisk(calls);
            try
            {
                new StagedRestore(copy, disk.calls()).apply(() -> context(copy, disk.calls()));
            }
            catch (final IOException | UncheckedIOException | IllegalStateException ex)
            {
                assertTrue(disk.hasFailed(), ex::toString);
            }
            isThrough = !disk.hasFailed();

            // What a start finishes or removes, before it reads anything.
            OpenJournal.open(context(copy, new RealFileSystem()).onFailure(failure ->
            {
            })).close();
            final boolean isNew = stored(copy).zxid() == zxid;
            assertTrue(isNew || (stored(copy).digest() == old.digest() && stored(copy).zxid() == old.zxid()),
                "neither the old nor the new state after " + calls + " calls");
            assertFalse(isNewSeen && !isNew, "what was switched is old again after " + calls + " calls");
            isOldSeen |= !isNew;
            isNewSeen |= isNew;
            new StagedRestore(copy).apply(() -> context(copy, new RealFileSystem()));
            assertEquals(zxid, stored(copy).zxid(), "the next start does not end it after " + calls + " calls");
        }
        assertTrue(isOldSeen && isNewSeen, "it was never killed at the right moment");
    }

    @Test
    void shouldNotComeBackWhenItsRemovalDidNotSurvive() throws Exception
    {
        stage();
        final Path mark = home.resolve("restore/ready");
        final byte[] text = Files.readAllBytes(mark);
        final Path data = home.getParent();
        write(data, "c", 1);
        final Stored after = stored(home);
        Files.write(mark, text);
        write(data, "d", 1);

        assertEquals(after.znodes() + 2, stored(home).znodes(), "an acknowledged write is lost");
        assertFalse(Files.exists(mark));
    }

    @Test
    void shouldRefuseWhatIsDamagedAndForgetIt() throws Exception
    {
        final byte[] whole = snapshot.clone();
        final int[] places = { 0, 20, whole.length / 2, whole.length - 3 };
        for (final int place : places)
        {
            snapshot = whole.clone();
            snapshot[place] ^= 0x10;
            assertThrows(RestoreUpload.RefusedException.class, this::stage, "byte " + place);
        }
        for (final int length : new int[]{ 0, 10, whole.length - 1 })
        {
            snapshot = Arrays.copyOf(whole, length);
            assertThrows(RestoreUpload.RefusedException.class, this::stage, length + " bytes");
        }

        assertEquals(0, new StagedRestore(home).apply(() -> context(home, new RealFileSystem())));
        assertEquals(old, stored(home));
    }
}
