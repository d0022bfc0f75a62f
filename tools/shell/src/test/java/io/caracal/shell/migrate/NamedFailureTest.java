/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedFailureTest
{
    private static final Path PLACE = Path.of("/backup");

    /** The device that is always full fails as a full disk does. */
    @Test
    void shouldSayWhereThereIsNoRoom()
    {
        IOException told = null;
        try (FileOutputStream full = new FileOutputStream("/dev/full"))
        {
            full.write(1);
        }
        catch (final IOException ex)
        {
            told = NamedFailure.at(PLACE, ex);
        }

        assertEquals("/backup: No space left on device", told.getMessage());
    }

    @Test
    void shouldSayWhereInEveryLanguage()
    {
        for (final String words : List.of("Auf dem Gerät ist kein Speicherplatz mehr verfügbar",
            "Datenübergabe unterbrochen (broken pipe)", "デバイスに空き領域がありません", "Input/output error"))
        {
            assertEquals("/backup: " + words, NamedFailure.at(PLACE, new IOException(words)).getMessage());
        }
    }

    @Test
    void shouldLeaveAFailureThatNamesItsFile()
    {
        final IOException named = new NoSuchFileException("/backup/x");
        assertSame(named, NamedFailure.at(PLACE, named));
        final IOException explained = new IOException("the backup ends at zxid 0x5; name that or an earlier one");
        assertSame(explained, NamedFailure.at(PLACE, explained));
    }
}
