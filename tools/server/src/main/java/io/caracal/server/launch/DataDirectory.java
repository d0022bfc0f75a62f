/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.RealPath;
import io.caracal.journal.disk.SystemRefusal;
import io.caracal.journal.offline.HalfMadeDirectory;
import io.caracal.journal.offline.NewDirectory;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Enforces the rules for data directories. The server keeps its own files in the folder {@code caracal-1}. It refuses
 * to use a directory that holds data of ZooKeeper and none of Caracal.
 */
public final class DataDirectory
{
    /** Folder within dataDir and dataLogDir that holds the server's own files. */
    public static final String OWN = "caracal-1";
    /** File in dataDir which says that a blank disk is intended. */
    static final String INITIALIZE = "initialize";
    private static final String OF_ZOOKEEPER = "version-2";
    private static final String NOT_A_DIRECTORY = "Not a directory";

    private DataDirectory()
    {
    }

    /**
     * Creates the directories, or throws an exception that says why the server must not use them.
     *
     * @param settings name them.
     * @throws LaunchException when they hold data of ZooKeeper, or cannot be made or written.
     */
    public static void prepare(final Settings settings)
    {
        final Path dataDir = settings.dataDir();
        final Path logDir = settings.dataLogDir();
        final boolean isNew = !Files.exists(dataDir.resolve(OWN));
        final Path holder = !isNew ? null : holdsZooKeeper(dataDir) ? dataDir : holdsZooKeeper(logDir) ? logDir : null;
        if (holder != null)
        {
            throw new LaunchException(ExitCode.DATA, holder +
                " holds data of ZooKeeper. To take it over into a new directory: caracal import --from " + dataDir +
                (logDir.equals(dataDir) ? "" : " --log-dir " + logDir) + " --to NEWDIR", null);
        }

        refuseUnfinished(dataDir, logDir);
        if (!settings.flag(ServerProperty.DATADIR_AUTOCREATE) && !Files.exists(dataDir.resolve(INITIALIZE)) &&
            !HalfMadeDirectory.isThere(DataLayout.in(dataDir, logDir)))
        {
            requireData(dataDir);
            requireData(logDir);
        }

        make(dataDir);
        make(logDir);
    }

    /** A server that began here would be empty, where somebody wanted the data of an import or a restore. */
    private static void refuseUnfinished(final Path dataDir, final Path logDir)
    {
        final Path unfinished = NewDirectory.unfinished(DataLayout.in(dataDir, logDir));
        if (unfinished != null)
        {
            throw new LaunchException(ExitCode.DATA, "an import or a restore into " + dataDir +
                " is not complete: wait for its end or run it again; if this server is to begin empty, remove " +
                unfinished, null);
        }
    }

    private static boolean holdsZooKeeper(final Path directory)
    {
        try (Stream<Path> files = Files.list(directory.resolve(OF_ZOOKEEPER)))
        {
            return files.map(file -> file.getFileName().toString())
                .anyMatch(name -> name.startsWith("snapshot.") || name.startsWith("log."));
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    /**
     * As in ZooKeeper, it is not enough that the directory exists: if a disk is not mounted, the mount point is an
     * empty directory.
     */
    private static void requireData(final Path directory)
    {
        if (!Files.isDirectory(directory.resolve(OWN)))
        {
            throw new LaunchException(ExitCode.DATA, directory + (Files.isDirectory(directory) ?
                " holds no data of a server" : " does not exist") +
                " and datadir.autocreate=false; mount the disk that" +
                " should be there, or, if this server is to begin empty, run zkServer-initialize.sh", null);
        }
    }

    private static void make(final Path directory)
    {
        if (Files.exists(directory) && !Files.isDirectory(directory))
        {
            throw new LaunchException(ExitCode.DATA, directory + " is no directory; name another one", null);
        }

        try
        {
            Files.createDirectories(directory);
        }
        catch (final IOException ex)
        {
            throw new LaunchException(ExitCode.DATA, whyUnmade(directory, ex), ex);
        }

        if (!Files.isWritable(directory))
        {
            throw new LaunchException(ExitCode.DATA,
                unwritable(directory, refusesAsReadOnly(directory) || isReadOnly(directory)), null);
        }
    }

    private static String whyUnmade(final Path directory, final IOException cause)
    {
        final Path dead = deadLink(directory);
        if (dead != null)
        {
            return directory + " cannot be made: " + dead +
                " is a link that leads nowhere; mount the disk that it should lead to, or correct the link";
        }

        return unmade(directory, cause, saysReadOnly(cause) || isReadOnly(directory));
    }

    /** Returns the link on this path that leads nowhere or in a circle; null when there is none. */
    private static Path deadLink(final Path directory)
    {
        Path place = directory.toAbsolutePath();
        while (place != null && !(Files.isSymbolicLink(place) && !Files.exists(place)))
        {
            place = place.getParent();
        }

        return place;
    }

    /**
     * Asks the file system itself by creating a file, because a single directory may be mounted read-only while the
     * rest of the file system is writable.
     */
    private static boolean refusesAsReadOnly(final Path directory)
    {
        try
        {
            Files.delete(Files.createTempFile(directory, "caracal", ".tmp"));
            return false;
        }
        catch (final IOException ex)
        {
            return saysReadOnly(ex);
        }
    }

    /** Whether the operating system refused because the file system is read-only. */
    static boolean saysReadOnly(final IOException refusal)
    {
        return refusal instanceof FileSystemException && SystemRefusal.READ_ONLY.isToldBy(refusal);
    }

    /**
     * Whether the file system of a directory is read-only. For a directory that does not exist yet, the nearest
     * existing parent counts.
     */
    private static boolean isReadOnly(final Path directory)
    {
        try
        {
            Path there = RealPath.of(directory);
            while (!Files.exists(there))
            {
                there = there.getParent();
            }

            return Files.getFileStore(there).isReadOnly();
        }
        catch (final IOException ex)
        {
            // The message then does not mention a read-only file system, and is still true.
            return false;
        }
    }

    static String unmade(final Path directory, final IOException cause, final boolean isReadOnly)
    {
        final String reason = reason(cause);
        final boolean isUnderFile =
            cause instanceof FileAlreadyExistsException || SystemRefusal.NO_DIRECTORY.isToldBy(cause);
        return directory + " cannot be made (" + reason + "); " + (isReadOnly ? readOnly(directory) : isUnderFile ?
            "a part of this path is a file; name another one" : "check the permissions of the directory above");
    }

    /**
     * Returns the reason of a failure in the words of the operating system where they are known, else in those of Java.
     *
     * @param cause failure of a file operation.
     * @return a few words, without a full stop.
     */
    public static String reason(final IOException cause)
    {
        if (cause instanceof final FileSystemException refused && refused.getReason() != null)
        {
            return refused.getReason();
        }

        return cause instanceof AccessDeniedException ? "Permission denied" : cause instanceof NoSuchFileException ?
            "No such file or directory" : cause instanceof FileAlreadyExistsException ? NOT_A_DIRECTORY :
                cause instanceof DirectoryNotEmptyException ? "Directory not empty" : cause.getMessage();
    }

    static String unwritable(final Path directory, final boolean isReadOnly)
    {
        return directory + " is not writable; " + (isReadOnly ? readOnly(directory) : "give it to the user " +
            ProcessUser.name());
    }

    private static String readOnly(final Path directory)
    {
        return "its file system is mounted read-only, to which a kernel changes it by itself when the disk has " +
            "errors: see dmesg and findmnt -T " + directory + ", then mount it for writing or name another dataDir";
    }
}
