/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A process that writes logs. ZooKeeper does not lock its data, but keeps the log that it writes open.
 *
 * @param pid  id of the process.
 * @param file the log that it has open.
 */
record LogWriter(String pid, Path file)
{
    private static final Path PROCESSES = Path.of("/proc");
    private static final String FLAGS = "flags:";
    private static final int OCTAL = 8;
    /** The bits of a file's flags that say whether it was opened for writing. */
    private static final int WRITES = 3;

    /**
     * Finds a process that has one of these files open for writing. Returns null when there is none, or when it belongs
     * to another user or container.
     */
    static LogWriter of(final List<Path> files) throws IOException
    {
        final Map<Object, Path> wanted = new HashMap<>();
        for (final Path file : files)
        {
            wanted.put(key(file), file);
        }
        if (!Files.isDirectory(PROCESSES) || wanted.isEmpty())
        {
            return null;
        }

        LogWriter writer = null;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*"))
        {
            for (final Path process : processes)
            {
                writer = writer == null ? among(process, wanted) : writer;
            }
        }

        return writer;
    }

    private static LogWriter among(final Path process, final Map<Object, Path> wanted)
    {
        try (DirectoryStream<Path> opened = Files.newDirectoryStream(process.resolve("fd")))
        {
            for (final Path descriptor : opened)
            {
                final Path file = wanted.get(keyOrNull(descriptor));
                if (file != null && writes(process.resolve("fdinfo").resolve(descriptor.getFileName())))
                {
                    return new LogWriter(process.getFileName().toString(), file);
                }
            }
        }
        catch (final IOException ex)
        {
            // The process belongs to another user or has ended, so its open files cannot be seen.
            return null;
        }

        return null;
    }

    private static Object key(final Path file) throws IOException
    {
        return Objects.requireNonNullElse(Files.readAttributes(file, BasicFileAttributes.class).fileKey(), file);
    }

    private static Object keyOrNull(final Path descriptor)
    {
        try
        {
            return key(descriptor);
        }
        catch (final IOException ex)
        {
            // The descriptor was closed meanwhile, or is not a file.
            return null;
        }
    }

    private static boolean writes(final Path info) throws IOException
    {
        return Files.readAllLines(info).stream().filter(line -> line.startsWith(FLAGS))
            .anyMatch(line -> (Integer.parseInt(line.substring(FLAGS.length()).trim(), OCTAL) & WRITES) != 0);
    }
}
