/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.journal.testing.ChildProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Uses a real file system that is really full: a small tmpfs, mounted by a child process in a mount namespace of its
 * own, so that it disappears with the child. Needs {@code unshare} of util-linux and the permission to create a
 * namespace; without them, the test fails with the system's message. The contracts test the same logic everywhere with
 * injected faults.
 */
class FullDiskTest
{
    private static final String MOUNT_AND_RUN = "mount -t tmpfs -o size=24m tmpfs \"$0\" && exec \"$@\"";
    private static final String MOUNT_TWO_AND_RUN = "mkdir \"$0/data\" \"$0/log\" && " +
        "mount -t tmpfs -o size=24m tmpfs \"$0/data\" && mount -t tmpfs -o size=24m tmpfs \"$0/log\" && exec \"$@\"";

    @TempDir
    private Path directory;

    @Test
    void shouldServeOnAFullDiskAndRecover() throws InterruptedException
    {
        run(MOUNT_AND_RUN, FullDiskMain.class, "exhausted", "closed sessions and stored epochs", "went on",
            "replayed on a full disk", "ok");
    }

    @Test
    void shouldServeAndRecoverWhicheverOfTwoDisksIsFull() throws InterruptedException
    {
        run(MOUNT_TWO_AND_RUN, FullDisksMain.class, "data full", "data full at a start", "data free", "log full",
            "log full at a start", "log free", "data and log full", "data and log full at a start",
            "data and log free", "ok");
    }

    private void run(final String script, final Class<?> main, final String... lines) throws InterruptedException
    {
        final List<String> launcher = List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script,
            directory.toString());

        try (ChildProcess child = new ChildProcess(launcher, main, directory.toString()))
        {
            for (final String line : lines)
            {
                child.await(line);
            }
            assertEquals(0, child.exitCode(), child.rest().toString());
        }
    }
}
