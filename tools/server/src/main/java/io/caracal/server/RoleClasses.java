/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the classes that a server needs only when its role changes. Without this, a follower that has never led would
 * read, verify and initialize some eighty classes between the death of its leader and the first write that it answers
 * itself, which took longer than everything else in that time. A separate thread loads them once clients are served. If
 * nothing were loaded, the server would be slower, but not wrong.
 */
final class RoleClasses implements Runnable
{
    private static final String SUFFIX = ".class";

    private final List<Class<?>> witnesses;
    private volatile boolean isEnding;
    private int loaded;

    /**
     * Creates a loader; nothing is loaded yet.
     *
     * @param witnesses each stands for all classes of its package and the packages below, in the jar or directory from
     *                  which it was loaded.
     */
    RoleClasses(final Class<?>... witnesses)
    {
        this.witnesses = List.of(witnesses);
    }

    /** Number of classes that were found and loaded, once loading is over. */
    int loaded()
    {
        return loaded;
    }

    @Override
    public void run()
    {
        witnesses.forEach(this::loadAllOf);
    }

    private void loadAllOf(final Class<?> witness)
    {
        final CodeSource source = witness.getProtectionDomain().getCodeSource();
        if (source == null)
        {
            return;
        }

        try
        {
            final Path place = Path.of(source.getLocation().toURI());
            if (Files.isDirectory(place))
            {
                loadBelow(place, witness);
            }
            else
            {
                try (FileSystem jar = FileSystems.newFileSystem(place))
                {
                    loadBelow(jar.getPath("/"), witness);
                }
            }
        }
        catch (final IOException | URISyntaxException | IllegalArgumentException | FileSystemNotFoundException ex)
        {
            // The classes come neither from a jar nor from a directory but from some other loader, so they cannot be
            // listed.
            return;
        }
    }

    private void loadBelow(final Path root, final Class<?> witness) throws IOException
    {
        final Path top = root.resolve(witness.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.walk(top))
        {
            files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                .filter(name -> name.endsWith(SUFFIX) && !name.endsWith("-info.class"))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'))
                .takeWhile(name -> !isEnding)
                .forEach(name -> load(name, witness.getClassLoader()));
        }
    }

    private void load(final String name, final ClassLoader loader)
    {
        try
        {
            Class.forName(name, true, loader);
            loaded++;
        }
        catch (final ClassNotFoundException | LinkageError ex)
        {
            throw new IllegalStateException("the program is not whole: " + name + " cannot be loaded", ex);
        }
    }

    /** Stops loading. */
    void end()
    {
        isEnding = true;
    }
}
