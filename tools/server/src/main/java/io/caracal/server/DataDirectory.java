/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The rules of data directories: own files lie in {@code caracal-1}; a directory that holds ZooKeeper's data and none
 * of ours is left alone.
 */
final class DataDirectory
{
    /** Folder of our own files within dataDir and dataLogDir. */
    static final String OWN = "caracal-1";
    private static final String OF_ZOOKEEPER = "version-2";

    private DataDirectory()
    {
    }

    /** Makes the directories, or says why the server must not use them. */
    static void prepare(final Settings settings)
    {
        final Path dataDir = settings.dataDir();
        final boolean isNew = !Files.exists(dataDir.resolve(OWN));
        if (isNew && (holdsZooKeeper(dataDir) || holdsZooKeeper(settings.dataLogDir())))
        {
            throw new LaunchException(ExitCode.DATA,
                dataDir + " holds data of ZooKeeper. To take it over into a new directory: caracal import --from " +
                    dataDir + " --to NEWDIR",
                null);
        }

        make(dataDir, settings);
        make(settings.dataLogDir(), settings);
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

    private static void make(final Path directory, final Settings settings)
    {
        if (!Files.isDirectory(directory) && !settings.flag(ServerProperty.DATADIR_AUTOCREATE))
        {
            throw new LaunchException(ExitCode.DATA,
                directory + " does not exist and datadir.autocreate=false; make it, or allow the server to", null);
        }

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
            throw new LaunchException(ExitCode.DATA,
                directory + " cannot be made (" + ex + "); check the permissions of the directory above", ex);
        }

        if (!Files.isWritable(directory))
        {
            throw new LaunchException(ExitCode.DATA,
                directory + " is not writable; give it to the user " + System.getProperty("user.name"), null);
        }
    }
}
