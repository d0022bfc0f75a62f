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
 * The forced part of a directory and nothing else: the least that a power cut leaves. A file has the contents of its
 * last force, under whatever name; a directory has the names of its last force. So a rename whose directory was not
 * forced has not happened, and a file whose name was not forced does not exist.
 */
public final class ForcedImage
{
    private final Path root;
    private final Path contents;
    private final Map<Object, Path> files = new HashMap<>();
    private final Map<Path, Map<String, Object>> names = new HashMap<>();

    /**
     * Creates the image of an empty directory.
     *
     * @param root     the directory.
     * @param contents holds copies of forced files; the caller removes it.
     */
    public ForcedImage(final Path root, final Path contents)
    {
        this.root = root;
        this.contents = contents;
        names.put(root, new TreeMap<>());
    }

    /** Records a call to the file system. Whatever is not forced does not count. */
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

    /** Writes the image to a directory that does not exist. */
    public synchronized void writeTo(final Path target) throws IOException
    {
        write(root, target, false);
    }

    /** Does the same with all present names, which a file system may write long before the contents. */
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
