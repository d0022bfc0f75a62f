/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.journal.testing.ChildProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process may have only few open files, and has all of them open when it needs another segment. */
class FewDescriptorsTest
{
    @Test
    void shouldWaitForDescriptorsAsForRoom(@TempDir final Path directory) throws InterruptedException
    {
        final List<String> launcher = List.of("sh", "-c", "ulimit -n 200 && exec \"$@\"", "sh");
        try (ChildProcess child = new ChildProcess(launcher, FewDescriptorsMain.class, directory.toString()))
        {
            child.await("lack NoDescriptorException");
            child.await("truncation waits");
            child.await("lack over");
            child.await("ok");
            assertEquals(0, child.exitCode(), child.rest().toString());
        }
    }
}
