/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.ChildProcess;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Java reports a full disk only by the system's message, which is in the language of the process. */
class NoSpaceExceptionTest
{
    @Test
    void shouldBeToldByTheWordsOfTheSystem()
    {
        final NoSpaceException full = assertThrows(NoSpaceException.class, FullDeviceMain::write);

        assertEquals("no room on disk for /dev/full", full.getMessage());
        assertEquals(CLibrary.strerror(CLibrary.ENOSPC), full.getSuppressed()[0].getMessage());
    }

    /** Where the messages of a language are not installed, the system uses English. */
    @Test
    void shouldBeToldInAnyLanguage() throws InterruptedException
    {
        for (final String language : List.of("de", "fr", "ja", "en"))
        {
            try (ChildProcess child = new ChildProcess(List.of("env", "LC_ALL=C.UTF-8", "LANGUAGE=" + language),
                FullDeviceMain.class))
            {
                assertEquals(NoSpaceException.class.getName(), child.await(FullDeviceMain.TOLD));
                assertEquals(0, child.exitCode());
            }
        }
    }

    @Test
    void shouldBeToldByTheReasonOfAFailureThatNamesAFile()
    {
        assertTrue(NoSpaceException.isToldBy(new FileSystemException("/a", null, "No space left on device")));
        assertTrue(NoSpaceException.isToldBy(new FileSystemException("/a", null, "Disk quota exceeded")));
    }

    @Test
    void shouldNotBeToldByAnotherFailure()
    {
        assertFalse(NoSpaceException.isToldBy(new FileSystemException("/a", null, CLibrary.strerror(5))));
        assertFalse(NoSpaceException.isToldBy(new FileSystemException("/a")));
        assertFalse(NoSpaceException.isToldBy(new NoSuchFileException("/a", null, "No space left on device")));
        assertFalse(NoSpaceException.isToldBy(new IOException()));
    }
}
