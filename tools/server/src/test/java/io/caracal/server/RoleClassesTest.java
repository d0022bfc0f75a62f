/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.Invariant;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleClassesTest
{
    private static final String SOME_PACKAGE = "io/caracal/engine/watch";

    @TempDir
    private Path directory;

    @Test
    void shouldLoadEveryClassOfTheEngine()
    {
        final RoleClasses classes = new RoleClasses(Invariant.class);
        classes.run();
        assertTrue(classes.loaded() > 300, () -> "loaded " + classes.loaded());
    }

    /** In production the engine is in a jar. */
    @Test
    void shouldLoadFromAJar() throws Exception
    {
        final Path jar = jarOfEngine();
        final URL[] places = { jar.toUri().toURL(), placeOf(DirectBuffer.class).toUri().toURL() };
        try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
            FileSystem packed = FileSystems.newFileSystem(jar);
            Stream<Path> files = Files.list(packed.getPath(SOME_PACKAGE)))
        {
            final RoleClasses classes = new RoleClasses(loader.loadClass("io.caracal.engine.watch.WatchTable"));
            classes.run();
            assertEquals(files.filter(file -> !file.endsWith("package-info.class")).count(), classes.loaded());
        }
    }

    @Test
    void shouldLoadNothingOnceItIsToEnd()
    {
        final RoleClasses classes = new RoleClasses(Invariant.class);
        classes.end();
        classes.run();
        assertEquals(0, classes.loaded());
    }

    private static Path placeOf(final Class<?> type) throws URISyntaxException
    {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** If a build packs the modules first, the engine is already in a jar. */
    private Path jarOfEngine() throws IOException, URISyntaxException
    {
        final Path engine = placeOf(Invariant.class);
        final Path jar = directory.resolve("a b.jar");
        return Files.isDirectory(engine) ? pack(engine, jar) : Files.copy(engine, jar);
    }

    private static Path pack(final Path classes, final Path jar) throws IOException
    {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
            Stream<Path> files = Files.walk(classes))
        {
            for (final Path file : files.filter(Files::isRegularFile).toList())
            {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }

        return jar;
    }
}
