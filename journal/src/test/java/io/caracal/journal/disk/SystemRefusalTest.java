/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemRefusalTest
{
    private static final List<String> GERMAN = List.of("Auf dem Gerät ist kein Speicherplatz mehr verfügbar",
        "Der zugewiesene Plattenplatz (Quota) ist überschritten", "Das Dateisystem ist nur lesbar",
        "Ist kein Verzeichnis", "Datenübergabe unterbrochen", "Zu viele offene Dateien",
        "Zu viele offene Dateien im System");

    @Test
    void shouldBeToldInAnyLanguage()
    {
        for (final SystemRefusal each : SystemRefusal.values())
        {
            final String words = GERMAN.get(each.ordinal());
            assertTrue(each.isToldBy(new FileSystemException("/a", null, words), GERMAN::get));
            assertTrue(each.isToldBy(new IOException(words), GERMAN::get));
            assertTrue(each.isToldBy(new FileNotFoundException("/a (b) (" + words + ")"), GERMAN::get));
            assertFalse(each.isToldBy(new FileNotFoundException("/a " + words + " (anderes)"), GERMAN::get));
            assertFalse(each.isToldBy(new NoSuchFileException("/a", null, words), GERMAN::get));
            assertFalse(each.isToldBy(new FileSystemException("/a", null, words), place -> null));
        }
    }

    @Test
    void shouldBeToldByTheSystemItself(@TempDir final Path dir) throws IOException
    {
        final Path file = Files.createFile(dir.resolve("file"));
        final IOException refused = assertThrows(IOException.class, () -> Files.createFile(file.resolve("a")));
        final Set<SystemRefusal> told = EnumSet.noneOf(SystemRefusal.class);
        for (final SystemRefusal each : SystemRefusal.values())
        {
            if (each.isToldBy(refused))
            {
                told.add(each);
            }
        }

        assertTrue(told.equals(Set.of(SystemRefusal.NO_DIRECTORY)), told::toString);
    }
}
