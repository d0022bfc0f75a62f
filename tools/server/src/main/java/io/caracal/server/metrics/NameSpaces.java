/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process sees of its machine: a container has a numbering of processes and a tree of files of its own, so that
 * a process id or a path that was written down in one means something else, or nothing, in another.
 *
 * @param processes identity of the numbering of processes; empty when it is not known.
 * @param files     identity of the tree of files; empty when it is not known.
 */
public record NameSpaces(String processes, String files)
{
    private static final Path OWN = Path.of("/proc/self/ns");
    private static final String SEPARATOR = " ";

    /**
     * Those of this process.
     *
     * @return what the kernel says, unknown where it says nothing.
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
     * Whether a process id means the same there as to this process.
     *
     * @return true as well when that is not known.
     */
    public boolean hasOwnProcesses()
    {
        return isSame(processes, own().processes);
    }

    /**
     * Whether a path means the same there as to this process.
     *
     * @return true as well when that is not known.
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
