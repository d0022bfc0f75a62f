/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What of a directory was forced and nothing else: the least that a power cut leaves. A file has the contents of its
 * last force, under whatever name; a directory has the names of its last force. So a rename whose directory was not
 * forced has not happened, and a file whose name was not forced is not there.
 */
public final class ForcedImage
{
    private final Path root;
    private final Path contents;
    private final Map<Object, Path> files = new HashMap<>();
    private final Map<Path, Map<String, Object>> names = new HashMap<>();

    /**
     * Of an empty directory.
     *
     * @param root     the directory.
     * @param contents keeps copies of forced files; removed by the caller.
     */
    public ForcedImage(final Path root, final Path contents)
    {
        this.root = root;
        this.contents = contents;
        names.put(root, new TreeMap<>());
    }

    /** A call to the file system was made; whatever was not forced is nothing. */
    public synchronized void onCall(final String call, final Path path)
    {
        try
        {
            if ("force".equals(call))
            {
                keep(path);
            }
            else if ("forceDirectory".equals(call) && path.startsWith(root))
            {
                names.put(path, namesIn(path));
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void keep(final Path file) throws IOException
    {
        final Path copy = contents.resolve("file-" + files.size());
        final Path known = files.putIfAbsent(key(file), copy);
        CrashImage.copyFile(file, known == null ? copy : known);
    }

    private static Map<String, Object> namesIn(final Path directory) throws IOException
    {
        final Map<String, Object> found = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory))
        {
            for (final Path entry : entries.toList())
            {
                found.put(entry.getFileName().toString(), Files.isDirectory(entry) ? entry : key(entry));
            }
        }

        return found;
    }

    private static Object key(final Path file) throws IOException
    {
        return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the image in a directory that does not exist. */
    public synchronized void writeTo(final Path target) throws IOException
    {
        write(root, target, false);
    }

    /** The same with all names as they are now, which a file system may write long before the contents. */
    public synchronized void writeWithNewNamesTo(final Path target) throws IOException
    {
        write(root, target, true);
    }

    private void write(final Path directory, final Path target, final boolean isNow) throws IOException
    {
        Files.createDirectories(target);
        final Map<String, Object> found = isNow ? namesIn(directory) : names.getOrDefault(directory, Map.of());
        for (final Map.Entry<String, Object> entry : found.entrySet())
        {
            final Path to = target.resolve(entry.getKey());
            final Path copy = files.get(entry.getValue());
            if (entry.getValue() instanceof Path)
            {
                write((Path)entry.getValue(), to, isNow);
            }
            else if (copy == null)
            {
                Files.createFile(to);
            }
            else
            {
                CrashImage.copyFile(copy, to);
            }
        }
    }
}
