/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealPathTest
{
    @TempDir
    private Path temporary;
    private Path dir;

    @BeforeEach
    void links() throws IOException
    {
        dir = temporary.toRealPath();
        Files.createDirectories(dir.resolve("far/away"));
        Files.createDirectories(dir.resolve("near"));
        Files.createSymbolicLink(dir.resolve("near/absolute"), dir.resolve("far/away"));
        Files.createSymbolicLink(dir.resolve("near/relative"), Path.of("../far/./away"));
        Files.createSymbolicLink(dir.resolve("near/twice"), Path.of("relative"));
        Files.createSymbolicLink(dir.resolve("near/nowhere"), Path.of("../far/new"));
    }

    @Test
    void shouldGoUpFromTheTargetOfALink() throws IOException
    {
        for (final String link : List.of("near/absolute", "near/relative", "near/twice"))
        {
            assertEquals(dir.resolve("far/away"), RealPath.of(dir.resolve(link)));
            assertEquals(dir.resolve("far"), RealPath.of(dir.resolve(link + "/..")));
            assertEquals(dir.resolve("far/x/y"), RealPath.of(dir.resolve(link + "/../x/./y")));
            assertEquals(dir.resolve("near"), RealPath.of(dir.resolve(link + "/../../near")));
        }
    }

    /** An existing path resolves to what the system finds. */
    @Test
    void shouldLeadWhereTheSystemGoes() throws IOException
    {
        for (final String path : List.of("near/twice/../../near/absolute/..", "far/away/../../near/relative", ".",
            ".."))
        {
            assertEquals(dir.resolve(path).toRealPath(), RealPath.of(dir.resolve(path)));
        }
        assertEquals(Path.of("").toRealPath(), RealPath.of(Path.of("")));
        assertEquals(Path.of("/"), RealPath.of(Path.of("/../..")));
    }

    @Test
    void shouldFollowALinkToWhatIsStillToBeMade() throws IOException
    {
        assertEquals(dir.resolve("far/new"), RealPath.of(dir.resolve("near/nowhere")));
        assertEquals(dir.resolve("far/x"), RealPath.of(dir.resolve("near/nowhere/../x")));
        assertEquals(dir.resolve("far/away/x"), RealPath.of(dir.resolve("near/new/../absolute/x")));
    }

    @Test
    void shouldEndWhereLinksLeadInACircle() throws IOException
    {
        Files.createSymbolicLink(dir.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(dir.resolve("two"), Path.of("one"));

        assertThrows(FileSystemLoopException.class, () -> RealPath.of(dir.resolve("one/x")));
    }
}
