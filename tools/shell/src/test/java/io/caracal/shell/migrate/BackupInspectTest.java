/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks into backups: which transaction was it, before which the state has to be restored? */
@Timeout(480)
class BackupInspectTest extends BackupFixture
{
    @Test
    void shouldDumpABackupLikeTheServerThatItIsOf() throws Exception
    {
        final Path backup = filled();
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/b", World.bytes("beta"));
        }
        Run.done("backup", backup, "--from", live);

        final String dump = Run.done("journal", "dump", backup).out();
        assertTrue(dump.contains(" create /a 5 bytes") && dump.contains(" create /b 4 bytes"), dump);
        assertEquals(Run.done("journal", "dump", live).out(), dump);
        assertEquals(Run.done("journal", "dump", live, "--from-zxid", "2", "--to-zxid", "100000002", "--json").out(),
            Run.done("journal", "dump", backup, "--from-zxid", "2", "--to-zxid", "100000002", "--json").out());
        final String stat = Run.done("journal", "stat", backup).out();
        assertEquals(Run.done("journal", "stat", live).out().replaceAll("(?m)^segment.*\\R", ""), stat.replaceAll(
            "(?m)^.*/log-.*\\R", ""));
        assertTrue(stat.contains(log(backup).toString()), stat);
    }

    /** A zxid of another epoch, or a mistyped one, must not look like damage: somebody would move the data away. */
    @Test
    void shouldFindNothingBeyondTheEnd() throws Exception
    {
        final Path backup = filled();
        assertEquals("", Run.done("journal", "dump", live, "--from-zxid", "500000000").out());
        assertEquals("", Run.done("journal", "dump", backup, "--from-zxid", "500000000").out());
        assertEquals(Run.done("journal", "dump", live).out(), Run.done("journal", "dump", live, "--from-zxid", "1")
            .out());
    }

    @Test
    void shouldVerifyABackup() throws Exception
    {
        final Path backup = filled();
        final String whole = Run.done("journal", "verify", backup).out();
        assertTrue(whole.startsWith("whole: ") && whole.contains("every state from zxid 0x0 to 0x1"), whole);
        assertTrue(Run.done("journal", "verify", backup, "--json").out().contains("\"firstZxid\":\"0x0\""));

        try (RandomAccessFile file = new RandomAccessFile(log(backup).toFile(), "rw"))
        {
            file.seek(file.length() / 2);
            final int octet = file.read();
            file.seek(file.length() / 2);
            file.write(octet ^ 1);
        }
        for (final String what : new String[]{ "verify", "dump", "stat" })
        {
            final Run damaged = Run.of("journal", what, backup);
            assertEquals(1, damaged.exitCode(), damaged.err());
            assertTrue(damaged.err().contains(log(backup) + ", offset ") && damaged.err().contains("begin another one"),
                damaged.err());
        }
    }
}
