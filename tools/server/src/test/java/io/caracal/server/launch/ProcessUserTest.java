/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessUserTest
{
    @TempDir
    private Path dir;

    /** For example a user of a container that runs under an arbitrary user id. */
    @Test
    void shouldTellTheNumberOfAUserWithoutAName() throws Exception
    {
        assertEquals("caracal", ProcessUser.name("caracal", dir));
        assertEquals(Files.getAttribute(dir, "unix:uid").toString(), ProcessUser.name("?", dir));
        assertEquals("?", ProcessUser.name("?", dir.resolve("missing")));
    }
}
