/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.journal.testing.ChildProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real file system that is really full: a small tmpfs, mounted by a child in a mount namespace of its own, so that
 * it is gone with the child. Needs {@code unshare} of util-linux and the right to make a namespace; without them it
 * fails, with the system's words. The same logic is tested everywhere by injected faults in the contracts.
 */
class FullDiskTest
{
    private static final String MOUNT_AND_RUN = "mount -t tmpfs -o size=24m tmpfs \"$0\" && exec \"$@\"";

    @TempDir
    private Path directory;

    @Test
    void shouldServeOnAFullDiskAndRecover() throws InterruptedException
    {
        final List<String> launcher = List.of("unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT_AND_RUN,
            directory.toString());

        try (ChildProcess child = new ChildProcess(launcher, FullDiskMain.class, directory.toString()))
        {
            child.await("exhausted");
            child.await("closed sessions and stored epochs");
            child.await("went on");
            child.await("replayed on a full disk");
            child.await("ok");
            assertEquals(0, child.exitCode(), child.rest().toString());
        }
    }
}
