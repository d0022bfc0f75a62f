/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The file that tells scripts the process id of a server. Written when the server serves, removed when it ends. */
final class PidFile
{
    private static final String NAME = "zookeeper_server.pid";

    private final Path file;
    private boolean isClosed;

    private PidFile(final Path file)
    {
        this.file = file;
    }

    /** Writes the file that the environment names, else the one in the data directory. */
    static PidFile write(final String fromEnvironment, final Path dataDir)
    {
        try
        {
            final Path file = fromEnvironment == null || fromEnvironment.isEmpty() ? dataDir.resolve(NAME) : Path.of(
                fromEnvironment);
            Files.writeString(file, ProcessHandle.current().pid() + "\n");
            return new PidFile(file);
        }
        catch (final IOException | InvalidPathException ex)
        {
            throw new LaunchException(ExitCode.DATA,
                "the file of the process id cannot be written: " + ex + "; set ZOOPIDFILE to a path that can", ex);
        }
    }

    /**
     * Removes the file; what was there for others as well, such as {@code /dev/null}, stays. The second call has no
     * effect: by then it may be that of another server. Any thread.
     */
    synchronized void close() throws IOException
    {
        if (!isClosed)
        {
            isClosed = true;
            if (!isDevice())
            {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean isDevice() throws IOException
    {
        return Files.exists(file) && Files.readAttributes(file, BasicFileAttributes.class).isOther();
    }
}
