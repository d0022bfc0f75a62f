/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of a server as the JVM loaded them once. Tests start some hundred servers, and each start from this
 * archive takes a third less of the processor. The JVM archives classes of jars only, and wants them first on the class
 * path: without jars of all modules, as after a mere compilation, servers start as usual.
 */
public final class ClassArchive
{
    private static final long WAIT_MS = 120_000;
    private static final ClassArchive OF_THIS_BUILD = new ClassArchive();

    private final List<String> jars = new ArrayList<>();
    private final List<String> directories = new ArrayList<>();
    private final List<String> options;

    private ClassArchive()
    {
        for (final String entry : Texts.split(System.getProperty("java.class.path"), File.pathSeparatorChar))
        {
            (entry.endsWith(".jar") ? jars : directories).add(entry);
        }

        options = isPacked() ? List.of("-XX:SharedArchiveFile=" + archive(), "-Xlog:cds=off", "-Xlog:cds+dynamic=off") :
            List.of();
    }

    /** The options with which a JVM uses the archive; none when there is none. */
    public static List<String> options()
    {
        return OF_THIS_BUILD.options;
    }

    /** The class path of this test in the order that the archive needs. */
    static String classPath()
    {
        return String.join(File.pathSeparator, Stream.concat(OF_THIS_BUILD.jars.stream(),
            OF_THIS_BUILD.directories.stream()).toList());
    }

    /** Whether nothing but the tests of this module lies in directories. */
    private boolean isPacked()
    {
        final Path own = Path.of("target").toAbsolutePath();
        return directories.stream().allMatch(directory -> Path.of(directory).startsWith(own));
    }

    /** Returns the archive; the first of several test JVMs makes it. */
    private Path archive()
    {
        try
        {
            final Path directory = Files.createDirectories(Path.of("target", "classes-of-servers").toAbsolutePath());
            try (FileChannel lockFile = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock lock = lockFile.lock())
            {
                final Path archive = directory.resolve(Integer.toHexString(identity().hashCode()) + ".jsa");
                if (lock.isValid() && !Files.exists(archive))
                {
                    make(directory, archive);
                }

                return archive;
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** What the JVM compares before it uses an archive. */
    private String identity() throws IOException
    {
        final StringBuilder identity = new StringBuilder(System.getProperty("java.vm.version"));
        for (final String jar : jars)
        {
            final Path file = Path.of(jar);
            identity.append(jar).append(Files.size(file)).append(Files.getLastModifiedTime(file));
        }

        return identity.toString();
    }

    private void make(final Path directory, final Path archive) throws IOException
    {
        final Path fresh = directory.resolve("fresh.jsa");
        final Path data = Files.createTempDirectory(directory, "data");
        try (ChildJvm server = ChildJvm.startOwn("archived", List.of(),
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dcaracal.parent=" + ProcessHandle.current().pid(),
                "-Dlogback.configurationFile=" + ClassArchive.class.getResource("/logback-test.xml"),
                "-Xlog:cds*=off", "-XX:ArchiveClassesAtExit=" + fresh),
            String.join(File.pathSeparator, jars), "io.caracal.server.main.ServerMain",
            List.of("clientPort=0", "clientPortAddress=127.0.0.1", "admin.enableServer=false", "dataDir=" + data)))
        {
            server.awaitLine("serving clients on", WAIT_MS);
            server.terminate();
            server.awaitExit(WAIT_MS);
        }

        Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
    }
}
