/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The open descriptors of this process. */
public final class Descriptors
{
    private Descriptors()
    {
    }

    /** Counts them, without those with which the JVM reads what the system tells, or classes, at any moment. */
    public static long count() throws IOException
    {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd")))
        {
            return links.filter(Descriptors::isLasting).count();
        }
    }

    private static boolean isLasting(final Path link)
    {
        try
        {
            final String target = Files.readSymbolicLink(link).toString();
            return !target.startsWith("/proc/") && !target.startsWith("/sys/") && !target.endsWith(".jar");
        }
        catch (final IOException closed)
        {
            return false;
        }
    }
}
