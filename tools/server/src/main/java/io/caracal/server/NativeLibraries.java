/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Sees to it that the native parts of libraries can be unpacked where {@code java.io.tmpdir} is read-only, as in a
 * container whose only writable place is that of the data. Otherwise room for the log would have to be taken by writing
 * zeros, and the log would begin with warnings at length. What is unpacked is removed once it is loaded.
 */
final class NativeLibraries
{
    /** Of jffi, by which the journal calls the system, and of JNA, which Chronicle asks for. */
    private static final List<String> PLACES = List.of("jffi.extract.dir", "jna.tmpdir");

    private NativeLibraries()
    {
    }

    /** Names the place, unless somebody has. For the whole process, and before anything is unpacked. */
    static void unpackBeside(final Path dataDir)
    {
        final Path usual = Path.of(System.getProperty("java.io.tmpdir"));
        if (Files.isDirectory(usual) && Files.isWritable(usual))
        {
            return;
        }

        for (final String place : PLACES)
        {
            if (System.getProperty(place) == null)
            {
                System.setProperty(place, dataDir.toAbsolutePath().toString());
            }
        }
    }
}
