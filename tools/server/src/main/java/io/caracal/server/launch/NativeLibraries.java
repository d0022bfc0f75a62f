/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Chooses where libraries unpack their native parts when {@code java.io.tmpdir} is read-only, as in a container in
 * which only the data directory can be written. Without such a place, the journal would have to reserve room by writing
 * zeros, and the log would begin with pages of warnings. What is unpacked is removed as soon as it is loaded.
 */
public final class NativeLibraries
{
    /** Properties of jffi, through which the journal calls the system, and of JNA, which Chronicle uses. */
    private static final List<String> PLACES = List.of("jffi.extract.dir", "jna.tmpdir");

    private NativeLibraries()
    {
    }

    /**
     * Has libraries unpack into the data directory if the usual place cannot be written. A place that is already set
     * stays. This holds for the whole process, and must be called before anything is unpacked.
     *
     * @param dataDir of the server; exists.
     */
    public static void unpackBeside(final Path dataDir)
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
