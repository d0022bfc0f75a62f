/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the machine before a server starts; what it finds is advice, in plain words. */
final class StartChecks
{
    private static final long OPEN_FILES_MIN = 8192;
    private static final long SHARED_MEMORY_MIN = 64L << 20;
    private static final long DISK_SPACE_MIN = 1L << 30;

    private StartChecks()
    {
    }

    static List<String> advice(final Settings settings)
    {
        final List<String> advice = new ArrayList<>();
        openFiles(advice);
        sharedMemory(advice);
        disk(ServerProperty.DATA_DIR.key(), settings.dataDir(), advice);
        if (settings.isSet(ServerProperty.DATA_LOG_DIR))
        {
            disk(ServerProperty.DATA_LOG_DIR.key(), settings.dataLogDir(), advice);
        }

        return advice;
    }

    private static void openFiles(final List<String> advice)
    {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean)
        {
            final UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean)ManagementFactory
                .getOperatingSystemMXBean();
            if (system.getMaxFileDescriptorCount() < OPEN_FILES_MIN)
            {
                advice.add("this process may open " + system.getMaxFileDescriptorCount() +
                    " files, each connection is one; raise the limit with ulimit -n or LimitNOFILE=");
            }
        }
    }

    private static void sharedMemory(final List<String> advice)
    {
        final Path memory = Path.of("/dev/shm");
        if (Files.isDirectory(memory))
        {
            final long free = usableBytes(memory);
            if (0 <= free && free < SHARED_MEMORY_MIN)
            {
                advice.add("/dev/shm has " + (free >> 20) + " MB left, at least " + (SHARED_MEMORY_MIN >> 20) +
                    " MB are better; in a container set --shm-size");
            }
        }
    }

    private static void disk(final String key, final Path directory, final List<String> advice)
    {
        try
        {
            final FileStore store = Files.getFileStore(directory);
            disk(key, directory, store.getUsableSpace(), advice);
        }
        catch (final IOException ex)
        {
            advice.add(key + "=" + directory + ": its file system does not tell its size (" + ex.getMessage() + ")");
        }
    }

    static void disk(final String key, final Path directory, final long freeBytes, final List<String> advice)
    {
        if (freeBytes < DISK_SPACE_MIN)
        {
            advice.add(key + "=" + directory + " has " + (freeBytes >> 20) + " MB left, at least " +
                (DISK_SPACE_MIN >> 20) + " MB are better; writes are refused when the disk is full");
        }
    }

    private static long usableBytes(final Path path)
    {
        try
        {
            return Files.getFileStore(path).getUsableSpace();
        }
        catch (final IOException ex)
        {
            return -1;
        }
    }
}
