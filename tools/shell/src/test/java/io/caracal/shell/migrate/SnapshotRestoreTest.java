/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Makes a server from a single snapshot. */
@Timeout(480)
class SnapshotRestoreTest extends BackupFixture
{
    /** A copy of a snapshot as it lies in a data directory, under a name of its own. */
    private Path snapshot() throws Exception
    {
        final Path backup = filled();
        try (Stream<Path> files = Files.list(live.resolve("caracal-1/snapshots")))
        {
            final Path last = files.filter(file -> file.getFileName().toString().startsWith("snapshot-"))
                .max(Comparator.naturalOrder()).orElseGet(() -> written(backup));
            return Files.copy(last, dir.resolve("sent-by-mail"));
        }
    }

    /** The snapshot that a restore of the backup has written. */
    private Path written(final Path backup)
    {
        Run.done("restore", backup, "--to", dir.resolve("first"));
        try (Stream<Path> files = Files.list(dir.resolve("first/caracal-1/snapshots")))
        {
            return files.filter(file -> file.getFileName().toString().startsWith("snapshot-")).findFirst()
                .orElseThrow();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** The disk of dataLogDir is lost. */
    @Test
    void shouldSayWhatIsLeftWhereTheLogIsLost() throws Exception
    {
        final Path whole = dir.resolve("whole");
        Run.done("restore", filled(), "--to", whole);
        Files.delete(whole.resolve("caracal-1/manifest"));
        assertAdvised(Run.of("restore", whole, "--to", dir.resolve("to")), dir.resolve("to"));
    }

    /** What was never forced may be empty after a power failure. */
    @Test
    void shouldSayWhatIsLeftWhereTheManifestIsEmpty() throws Exception
    {
        final Path whole = dir.resolve("whole");
        Run.done("restore", filled(), "--to", whole);
        final Path manifest = whole.resolve("caracal-1/manifest");
        final byte[] sound = Files.readAllBytes(manifest);
        Files.write(manifest, new byte[0]);
        assertNothingElse(whole, dir.resolve("of-unused"));

        Files.write(manifest, sound);
        Run.server(whole).close();
        Files.write(manifest, new byte[0]);
        assertNothingElse(whole, dir.resolve("of-used"));
    }

    private static void assertNothingElse(final Path damaged, final Path to)
    {
        final Run refused = Run.of("restore", damaged, "--to", to, "--up-to-damage");
        assertTrue(refused.err().contains("; nothing before that is whole"), refused.err());
        assertAdvised(refused, to);
    }

    private static void assertAdvised(final Run refused, final Path to)
    {
        assertEquals(1, refused.exitCode(), refused.err());
        final Matcher advice = Pattern.compile("caracal (restore) (\\S+) (--to) NEWDIR").matcher(refused.err());
        assertTrue(advice.find(), refused.err());
        Run.done(advice.group(1), advice.group(2), advice.group(3), to);
    }

    @Test
    void shouldRestoreOneSnapshot() throws Exception
    {
        final Path file = snapshot();
        assertTrue(Run.done("snapshot", "verify", file).out().contains(": whole, zxid 0x"), "under any name");
        final Path to = dir.resolve("to");
        final Run run = Run.done("restore", file, "--to", to);
        assertTrue(run.out().contains("to " + to + "; start the server with dataDir=" + to), run.out());
        try (Server server = Run.server(to))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            assertArrayEquals(World.bytes("alpha"), client.getData("/a", false, null));
            client.create("/b", World.bytes("beta"), client.getACL("/a", null), CreateMode.PERSISTENT);
            client.close();
        }
    }

    @Test
    void shouldRefuseAFileThatIsNoWholeSnapshot() throws Exception
    {
        final Path file = snapshot();
        final Run moment = Run.of("restore", file, "--to", dir.resolve("to"), "--to-zxid", "1");
        assertEquals(2, moment.exitCode());
        assertTrue(moment.err().contains("leave --to-zxid and --to-time out"), moment.err());

        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertRefused(file + ", offset ", file, "--to", dir.resolve("to"));
        assertRefused("name another snapshot file", file, "--to", dir.resolve("to"));

        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(file.toString(), file, "--to", dir.resolve("to"));

        Files.writeString(file, "no snapshot at all, but as long as the head of one is, or even somewhat longer");
        assertRefused("does not begin as a snapshot of Caracal does", file, "--to", dir.resolve("to"));

        Files.writeString(file, "ZKSN and so on");
        assertRefused("caracal import --from", file, "--to", dir.resolve("to"));

        assertRefused("there is no " + dir.resolve("nowhere"), dir.resolve("nowhere"), "--to", dir.resolve("to"));
        assertFalse(Files.exists(dir.resolve("to/caracal-1/manifest")), "a server could start with what was refused");
    }

    private static void assertRefused(final String reason, final Object... args)
    {
        final Object[] words = new Object[args.length + 1];
        words[0] = "restore";
        System.arraycopy(args, 0, words, 1, args.length);
        final Run run = Run.of(words);
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().contains(reason), run.err());
    }
}
