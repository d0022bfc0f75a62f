/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who runs this process, for messages that name whom files are to be given to. */
public final class ProcessUser
{
    /** What a JVM takes for the name of a user who has none, as in a container that is given any number. */
    private static final String NONE = "?";
    /** The kernel makes the user of the process its owner. */
    private static final Path PROCESS = Path.of("/proc/self");

    private ProcessUser()
    {
    }

    /**
     * The name of the user, or the number of a user without one: {@code chown} takes both.
     *
     * @return never empty.
     */
    public static String name()
    {
        return name(System.getProperty("user.name"), PROCESS);
    }

    static String name(final String ofJvm, final Path process)
    {
        if (!NONE.equals(ofJvm))
        {
            return ofJvm;
        }

        try
        {
            return Files.getAttribute(process, "unix:uid").toString();
        }
        catch (final IOException ex)
        {
            // Where there is no such directory the message is true as well, and tells less.
            return ofJvm;
        }
    }
}
