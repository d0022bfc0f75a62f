/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.nio.file.Files;
import java.nio.file.Path;

/** Tells before anything is measured whether a report can be written. */
public final class ReportPlace
{
    private ReportPlace()
    {
    }

    /**
     * Checks that a report can be written to a file.
     *
     * @param file that may exist; it is left as it is.
     * @throws IllegalArgumentException when it is a directory, or may not be written, or its directory does not exist.
     */
    public static void check(final Path file)
    {
        final Path place = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || !Files.isDirectory(place) || !Files.isWritable(Files.exists(file) ? file :
            place))
        {
            throw new IllegalArgumentException("no file can be written at " + file);
        }
    }
}
