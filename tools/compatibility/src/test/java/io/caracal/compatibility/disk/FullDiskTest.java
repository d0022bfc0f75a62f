/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.clients.Official;
import io.caracal.compatibility.clients.Watched;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server whose disk is really full refuses writes, serves reads, forgets nothing, and goes on when there is room. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullDiskTest
{
    /** Room for two segments of the log, and for more than a third one, which the ballast takes. */
    private static final String DISK_SIZE = "450m";
    private static final int PAYLOAD_LENGTH = 900_000;
    private static final int WRITES_MAX = 1_000;
    private static final long TIMEOUT_MS = 60_000;

    static List<ServerKind> kinds()
    {
        return ServerKind.caracals();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldRefuseWritesUntilThereIsRoomAndLoseNothing(final ServerKind kind) throws Exception
    {
        SmallDisk.require("FullDiskTest");
        final Watched seen = new Watched();

        try (SmallDisk disk = SmallDisk.mount(DISK_SIZE);
            ServerUnderTest server = kind.launch(new ServerSettings().with("forceSync", "yes").disk(disk));
            Official writer = Official.connect(server);
            Official reader = Official.connect(server))
        {
            writer.create("/log", payload(0), Official.OPEN, CreateMode.PERSISTENT);
            final Official leaver = Official.connect(server);
            leaver.create("/leaves", new byte[0], Official.OPEN, CreateMode.EPHEMERAL);
            reader.exists("/leaves", seen);
            disk.fill();
            final int written = writeUntilRefused(writer);

            assertHolds(reader, written);
            leaver.close();
            assertEquals("NodeDeleted /leaves", seen.next());
            assertRefused(writer);
            Await.until("the server says why: ", server::tail, TIMEOUT_MS,
                () -> server.tail().contains("no room left"));

            server.kill();
            server.start();
            Await.until("reads after a start on a full disk", TIMEOUT_MS, () -> reader.exists("/log", false) != null);
            assertHolds(reader, written);
            Await.until("the writer is back", TIMEOUT_MS, () -> writer.exists("/log", false) != null);
            assertRefused(writer);

            disk.free();
            Await.until("writes are taken", TIMEOUT_MS, () -> writer.setData("/log", payload(written + 1), written)
                .getVersion() == written + 1);
            server.kill();
            server.start();
            Await.until("reads after the last start", TIMEOUT_MS, () -> reader.exists("/log", false) != null);
            assertHolds(reader, written + 1);
            // Killed first: the small disk is full again after this start, so clients could not close their sessions
            // before they give up.
            server.kill();
        }
    }

    /** Sets the same znode again and again, and returns the last version that was acknowledged. */
    private static int writeUntilRefused(final Official writer) throws InterruptedException, KeeperException
    {
        for (int version = 1; version < WRITES_MAX; version++)
        {
            try
            {
                writer.setData("/log", payload(version), version - 1);
            }
            catch (final KeeperException.SystemErrorException refused)
            {
                return version - 1;
            }
        }

        throw new AssertionError("a full disk took " + WRITES_MAX + " writes");
    }

    private static void assertRefused(final Official writer)
    {
        assertThrows(KeeperException.SystemErrorException.class, () -> writer.setData("/log", payload(-1), -1));
        assertThrows(KeeperException.SystemErrorException.class, () -> writer.create("/more", new byte[0],
            Official.OPEN, CreateMode.PERSISTENT));
    }

    private static void assertHolds(final Official reader, final int version) throws Exception
    {
        final Stat stat = new Stat();
        final byte[] data = reader.getData("/log", false, stat);
        assertEquals(version, stat.getVersion());
        assertEquals(version, ByteBuffer.wrap(data).getInt());
        assertEquals(PAYLOAD_LENGTH, data.length);
    }

    private static byte[] payload(final int version)
    {
        return ByteBuffer.allocate(PAYLOAD_LENGTH).putInt(version).array();
    }
}
