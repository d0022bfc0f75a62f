/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.caracal.journal.testing.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldKeepOtherProcessesOut() throws IOException, InterruptedException
    {
        final Path file = directory.resolve("lock");
        try (DirectoryLock lock = DirectoryLock.tryLock(file))
        {
            assertNotNull(lock);
            assertEquals("held", answerOfAnotherProcess(file));
        }

        assertEquals("free", answerOfAnotherProcess(file));
    }

    /**
     * The system releases all locks of a process on a file as soon as the process closes any descriptor of the file.
     */
    @Test
    void shouldKeepOtherProcessesOutAfterThisOneWasRefused() throws IOException, InterruptedException
    {
        final Path file = directory.resolve("lock");
        final Path alias = Files.createSymbolicLink(directory.resolve("alias"), directory).resolve("lock");
        try (DirectoryLock lock = DirectoryLock.tryLock(file))
        {
            assertNotNull(lock);
            assertNull(DirectoryLock.tryLock(file));
            assertNull(DirectoryLock.tryLock(alias));
            assertEquals("held", answerOfAnotherProcess(file));
        }

        try (DirectoryLock again = DirectoryLock.tryLock(alias))
        {
            assertNotNull(again);
        }
    }

    private static String answerOfAnotherProcess(final Path file) throws InterruptedException
    {
        try (ChildProcess child = new ChildProcess(List.of(), DirectoryLockMain.class, file.toString()))
        {
            return child.await("lock: ");
        }
    }
}
