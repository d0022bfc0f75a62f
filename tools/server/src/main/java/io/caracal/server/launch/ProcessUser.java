/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user who runs this process, for messages that say to whom files should be given. */
public final class ProcessUser
{
    /**
     * The name that a JVM reports for a user without a name, as in a container that runs under an arbitrary user id.
     */
    private static final String NONE = "?";
    /** The kernel makes this directory belong to the user of the process. */
    private static final Path PROCESS = Path.of("/proc/self");

    private ProcessUser()
    {
    }

    /**
     * Returns the name of the user, or the number of a user without a name: {@code chown} accepts both.
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
            // Without this directory the message is still true, but says less.
            return ofJvm;
        }
    }
}
