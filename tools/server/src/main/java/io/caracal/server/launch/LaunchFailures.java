/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.server.config.ConfigException;
import java.io.UncheckedIOException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Turns any failure of a start into an exit code and a line that says what to do. */
public final class LaunchFailures
{
    /** Part of the JVM's message about a thread that the system does not start. */
    private static final String NO_THREAD = "native thread";
    private static final String MORE_THREADS =
        "; let this user or container have more threads: ulimit -u, TasksMax= of a unit, --pids-limit of a container";
    private static final String MORE_MEMORY =
        "; raise ZK_SERVER_HEAP (MB), which bounds direct buffers too unless -XX:MaxDirectMemorySize is set";

    private LaunchFailures()
    {
    }

    /**
     * Translates a failure. Sets the interrupt flag of the calling thread again if the failure is an interrupt.
     *
     * @param cause of any kind.
     * @return a {@link LaunchException} or {@link ConfigException}, to be thrown.
     */
    public static RuntimeException of(final Throwable cause)
    {
        if (cause instanceof LaunchException || cause instanceof ConfigException)
        {
            return (RuntimeException)cause;
        }

        if (cause instanceof final UncheckedIOException failed)
        {
            return ofDisk(failed);
        }

        if (cause instanceof final FileSystemException failed)
        {
            return ofDisk(new UncheckedIOException("the data directory cannot be used: " + failed.getMessage(),
                failed));
        }

        if (cause instanceof InterruptedException)
        {
            Thread.currentThread().interrupt();
            return new LaunchException(ExitCode.UNEXPECTED, "the start was interrupted", cause);
        }

        if (cause instanceof UnsupportedAddressTypeException)
        {
            return new LaunchException(ExitCode.INVALID_INVOCATION, "clientPortAddress, admin.serverAddress or " +
                "metricsProvider.httpHost is an address of IPv6, and this process has sockets for IPv4 only: start " +
                "java without java.net.preferIPv4Stack=true, or set an address of IPv4", cause);
        }

        if (cause instanceof final OutOfMemoryError error)
        {
            return new LaunchException(ExitCode.UNEXPECTED, "too little memory to start: " + cause.getMessage() +
                remedy(error), cause);
        }

        final boolean isData = cause instanceof DirectoryInUseException || cause instanceof CorruptionException;
        return new LaunchException(isData ? ExitCode.DATA : ExitCode.UNEXPECTED,
            isData ? cause.getMessage() : cause.toString(), cause);
    }

    /**
     * Says what to do where buffers outside of the heap find no memory, or no thread can be started.
     *
     * @param cause as the JVM throws it in both cases.
     * @return the end of a line, from a semicolon on.
     */
    public static String remedy(final OutOfMemoryError cause)
    {
        return String.valueOf(cause.getMessage()).contains(NO_THREAD) ? MORE_THREADS : MORE_MEMORY;
    }

    private static LaunchException ofDisk(final UncheckedIOException cause)
    {
        if (cause.getCause() instanceof final AccessDeniedException denied)
        {
            final String user = ProcessUser.name();
            return new LaunchException(ExitCode.DATA, denied.getFile() + " is closed to the user " + user +
                ", perhaps since another one ran the server once; give the data back: chown -R " + user + " " +
                ownFolder(Path.of(denied.getFile())), cause);
        }

        final boolean isFull = cause.getCause() instanceof NoSpaceException;
        final int wantedMb = (2 * new JournalContext().segmentLength()) >> 20;
        return new LaunchException(ExitCode.DATA,
            cause.getMessage() + (isFull ? "; the log of a server wants " + wantedMb + " MB" : ""), cause);
    }

    /** Returns the server's own folder that contains a file, or the file itself when there is none. */
    private static Path ownFolder(final Path file)
    {
        Path folder = file;
        while (folder != null && !folder.endsWith(DataDirectory.OWN))
        {
            folder = folder.getParent();
        }

        return folder == null ? file : folder;
    }
}
