/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The Linux name spaces of a process. A container has process ids and a file tree of its own, so a process id or path
 * that was written down in one container means something else, or nothing, in another.
 *
 * @param processes identity of the name space of process ids; empty when it is not known.
 * @param files     identity of the name space of files; empty when it is not known.
 */
public record NameSpaces(String processes, String files)
{
    private static final Path OWN = Path.of("/proc/self/ns");
    private static final String SEPARATOR = " ";

    /**
     * Returns the name spaces of this process.
     *
     * @return what the kernel reports; empty identities where it reports nothing.
     */
    public static NameSpaces own()
    {
        return new NameSpaces(identity("pid"), identity("mnt"));
    }

    private static String identity(final String kind)
    {
        try
        {
            return Files.readSymbolicLink(OWN.resolve(kind)).toString();
        }
        catch (final IOException ex)
        {
            return "";
        }
    }

    static NameSpaces parse(final String text)
    {
        final int end = text.indexOf(SEPARATOR);
        return end < 0 ? new NameSpaces("", "") : new NameSpaces(text.substring(0, end), text.substring(end + 1));
    }

    String text()
    {
        return processes + SEPARATOR + files;
    }

    /**
     * Whether a process id from there means the same to this process.
     *
     * @return true also when that is not known.
     */
    public boolean hasOwnProcesses()
    {
        return isSame(processes, own().processes);
    }

    /**
     * Whether a path from there means the same to this process.
     *
     * @return true also when that is not known.
     */
    public boolean hasOwnFiles()
    {
        return isSame(files, own().files);
    }

    private static boolean isSame(final String one, final String other)
    {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }
}
