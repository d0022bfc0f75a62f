/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.journal.disk.SystemRefusal;
import io.caracal.server.Server;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The file that tells scripts the process id of a server. Written once the server serves, removed when it ends. A
 * server whose disk is full serves reads, so it does not end because this file finds no room either.
 */
final class PidFile
{
    private static final String VARIABLE = "ZOOPIDFILE=";
    private static final String NAME = "zookeeper_server.pid";

    private final Path file;
    private boolean isDue;
    private boolean isClosed;

    private PidFile(final Path file)
    {
        this.file = file;
    }

    /**
     * Writes the file that the environment names, or else the one in the data directory. A file that already names
     * another running server, which was given the same path, is left alone with a warning: a script that stops a server
     * by this file means that other server. If there is no room, the file is still due.
     */
    static PidFile write(final String fromEnvironment, final Path dataDir)
    {
        try
        {
            final boolean isNamed = fromEnvironment != null && !fromEnvironment.isEmpty();
            final PidFile file = new PidFile(isNamed ? Path.of(fromEnvironment) : dataDir.resolve(NAME));
            final long other = isNamed && !file.isDevice() ? file.otherServer() : 0;
            if (other == 0)
            {
                file.tryWrite();
            }
            else
            {
                LoggerFactory.getLogger(Server.class).warn("the file of the process id {} is that of process {}, " +
                    "another server that runs: it stays so, and zkServer.sh stop does not find this server; set " +
                    "ZOOPIDFILE to another path for each", file.file, other);
            }
            if (file.isDue)
            {
                LoggerFactory.getLogger(Server.class).warn("the file of the process id {} finds no room: zkServer.sh " +
                    "stop does not find this server until it does; it is tried again every few seconds", file.file);
            }

            return file;
        }
        catch (final IOException | InvalidPathException ex)
        {
            throw new LaunchException(ExitCode.DATA,
                "the file of the process id cannot be written: " + ex + "; set ZOOPIDFILE to a path that can", ex);
        }
    }

    private void tryWrite() throws IOException
    {
        try
        {
            Files.writeString(file, ProcessHandle.current().pid() + "\n");
            isDue = false;
        }
        catch (final IOException ex)
        {
            isDue = SystemRefusal.NO_SPACE.isToldBy(ex) || SystemRefusal.QUOTA.isToldBy(ex);
            if (!isDue)
            {
                throw ex;
            }
        }
    }

    /** Whether the file is not written yet, because there was no room for it. */
    synchronized boolean isDue()
    {
        return isDue && !isClosed;
    }

    /** Writes the file if it is due and there is room by now. */
    synchronized void tryAgain()
    {
        try
        {
            if (isDue())
            {
                tryWrite();
            }
        }
        catch (final IOException ex)
        {
            isDue = false;
            LoggerFactory.getLogger(Server.class).warn("the file of the process id cannot be written: {}",
                ex.toString());
        }
    }

    /**
     * Returns the process id in the file if it belongs to another server that got this path from its environment, else
     * 0. The id alone is not enough, because another process may have it by now. The environment of another user's
     * process cannot be read; such a server counts if its user also owns this file.
     */
    private long otherServer() throws IOException
    {
        final String number = number();
        if (!number.matches("\\d{1,10}") || Long.parseLong(number) == ProcessHandle.current().pid())
        {
            return 0;
        }

        final Path process = Path.of("/proc", number);
        return words(process.resolve("cmdline")).anyMatch(ServerMain.class.getName()::equals) && (isTold(process) ||
            isOfUserOf(process)) ? Long.parseLong(number) : 0;
    }

    private boolean isTold(final Path process)
    {
        return words(process.resolve("environ")).filter(word -> word.startsWith(VARIABLE))
            .anyMatch(word -> isFile(process.resolve("cwd"), word.substring(VARIABLE.length())));
    }

    private boolean isOfUserOf(final Path process)
    {
        try
        {
            return !Files.isReadable(process.resolve("environ")) &&
                Files.getOwner(process).equals(Files.getOwner(file));
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    /** Reads a file of /proc. The result is empty for a process that has ended or that this user may not see. */
    private static Stream<String> words(final Path file)
    {
        try
        {
            return Stream.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0", -1));
        }
        catch (final IOException ex)
        {
            return Stream.empty();
        }
    }

    private boolean isFile(final Path directory, final String name)
    {
        try
        {
            return Files.isSameFile(file, directory.resolve(name));
        }
        catch (final IOException | InvalidPathException ex)
        {
            return false;
        }
    }

    private String number() throws IOException
    {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1).strip() : "";
    }

    /**
     * Removes the file. A device such as {@code /dev/null} stays, and so does a file that names another process.
     * Further calls have no effect, because the file may belong to another server by then. Called by any thread.
     */
    synchronized void close() throws IOException
    {
        if (!isClosed)
        {
            isClosed = true;
            if (!isDevice() && number().equals(String.valueOf(ProcessHandle.current().pid())))
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
