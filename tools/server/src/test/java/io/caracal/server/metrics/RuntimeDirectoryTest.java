/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeDirectoryTest
{
    @TempDir
    private Path dir;

    @Test
    void shouldNameTheSameDirectoryForTheSameData() throws IOException
    {
        final Path link = Files.createSymbolicLink(dir.resolve("link"), Files.createDirectory(dir.resolve("data")));

        assertEquals(RuntimeDirectory.of(dir.resolve("data")), RuntimeDirectory.of(link));
        assertEquals(RuntimeDirectory.of(dir.resolve("data")), RuntimeDirectory.of(dir.resolve("x/../data")));
        assertTrue(RuntimeDirectory.of(link).startsWith("/dev/shm"));
    }
}
