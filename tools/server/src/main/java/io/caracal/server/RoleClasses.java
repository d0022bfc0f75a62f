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
 * Loads what a server needs only when its role changes. Otherwise a follower that has never led would read, verify and
 * set up some eighty classes between the death of its leader and the first write that it answers itself, which took
 * longer than everything else in that time. This is done by a separate thread when clients are served already. If
 * nothing were loaded, the server would be slower, but not wrong.
 */
final class RoleClasses implements Runnable
{
    private static final String SUFFIX = ".class";

    private final List<Class<?>> witnesses;
    private final Thread thread = new Thread(this, "caracal-classes");
    private volatile boolean isEnding;
    private int loaded;

    /**
     * Loads nothing yet.
     *
     * @param witnesses each stands for all classes of its package and those below, in the jar or directory it is from.
     */
    RoleClasses(final Class<?>... witnesses)
    {
        this.witnesses = List.of(witnesses);
        thread.setDaemon(true);
    }

    /** Begins to load; once. */
    void begin()
    {
        thread.start();
    }

    /** How many classes were found and loaded, when that is over. */
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
            // The classes are neither in a jar nor in a directory, but come from some other loader, so nothing can be
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

    /** Ends the loading and waits for the thread. */
    void end() throws InterruptedException
    {
        isEnding = true;
        thread.join();
    }
}
