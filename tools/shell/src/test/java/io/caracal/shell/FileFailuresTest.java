/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.journal.disk.NoSpaceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileFailuresTest
{
    private static final int FAILED = 1;
    private static final int ENVIRONMENT = 3;

    @Test
    void shouldSayWhatToDoAgainstAFailure()
    {
        check(ENVIRONMENT, "no room on disk for /a; make room, then run this again",
            new NoSpaceException("no room on disk for /a"));
        check(ENVIRONMENT, "/a: No space left on device; make room, then run this again", new FileSystemException("/a",
            null, "No space left on device"));
        check(ENVIRONMENT, "/a: Read-only file system; mount it for writing, or name another place",
            new FileSystemException("/a", null, "Read-only file system"));
        check(ENVIRONMENT, "/a does not exist; name one that does", new NoSuchFileException("/a"));
        check(FAILED, "/a/b would lie in what is no directory; name another place", new FileSystemException("/a/b",
            null, "Not a directory"));
        check(FAILED, "/a is damaged", new IOException("/a is damaged"));
        // The older I/O classes of Java report any refusal by this exception.
        check(FAILED, "/a (Too many open files)", new FileNotFoundException("/a (Too many open files)"));
    }

    /** Threads and streams wrap a failure. It must still be reported as one of the environment. */
    @Test
    void shouldLookIntoAFailureThatWasThrownAnew()
    {
        check(ENVIRONMENT, "the log cannot be written; make room, then run this again",
            new UncheckedIOException("the log cannot be written", new NoSpaceException("no room on disk for /a")));
        check(ENVIRONMENT, "/a: permission denied; run this as the user that the server runs as",
            new UncheckedIOException(new AccessDeniedException("/a")));
        check(FAILED, "/a is damaged", new UncheckedIOException("/a is damaged", new IOException("short")));
    }

    private static void check(final int exitCode, final String message, final Exception failure)
    {
        assertEquals(message, FileFailures.message(failure));
        assertEquals(exitCode, FileFailures.exitCode(failure));
    }
}
