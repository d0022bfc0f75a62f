/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import io.caracal.compatibility.ChildJvm;
import io.caracal.compatibility.clients.SystemPackages;
import io.caracal.compatibility.disk.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs all servers on this machine. A preloaded library can hold the forces of each server for as long as a test
 * wishes. One server has a small file system of its own, which can be filled.
 */
final class HeldDisks implements Place, AutoCloseable
{
    private static final long TIMEOUT_MS = 60_000;
    private static final String SIZE = "450m";
    private static final String SOURCE = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdlib.h>
        #include <unistd.h>
        static int force(const char *name, int fd)
        {
            const char *held = getenv("HELD");
            while (held && access(held, F_OK) == 0) { usleep(10000); }
            return ((int (*)(int))dlsym(RTLD_NEXT, name))(fd);
        }
        int fdatasync(int fd) { return force("fdatasync", fd); }
        int fsync(int fd) { return force("fsync", fd); }
        """;

    private final Place place = new OwnMachine();
    private final Path home;
    private final int small;
    private final SmallDisk disk;

    /** Takes the id of the server whose file system is small. */
    HeldDisks(final int small) throws IOException
    {
        this.small = small;
        home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "disks")), "held").toAbsolutePath();
        final Path source = Files.writeString(home.resolve("held.c"), SOURCE);
        try (ChildJvm compiler = ChildJvm.startProgram("gcc", List.of("gcc", "-Wall", "-Wextra", "-Werror", "-shared",
            "-fPIC", "-o", library().toString(), source.toString(), "-ldl")))
        {
            if (compiler.awaitExit(TIMEOUT_MS) != 0)
            {
                throw new AssertionError("gcc: " + compiler.tail());
            }
        }
        disk = SmallDisk.mount(SIZE);
    }

    static void require(final String test)
    {
        SystemPackages.require(test, "gcc", List.of("gcc", "--version"));
        SmallDisk.require(test);
    }

    private Path library()
    {
        return home.resolve("held.so");
    }

    private Path held(final int id)
    {
        return home.resolve("held-" + id);
    }

    /** Holds all forces of a server from now on, or releases them. */
    void hold(final int id, final boolean isHeld)
    {
        try
        {
            if (isHeld)
            {
                Files.createFile(held(id));
            }
            else
            {
                Files.delete(held(id));
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    SmallDisk disk()
    {
        return disk;
    }

    @Override
    public String host(final int id)
    {
        return place.host(id);
    }

    @Override
    public List<String> launcher(final int id)
    {
        final List<String> launcher = new ArrayList<>(id == small ? disk.launcher() : List.of());
        launcher.addAll(List.of("env", "LD_PRELOAD=" + library(), "HELD=" + held(id)));

        return launcher;
    }

    @Override
    public Path data(final int id, final Path usual)
    {
        return id == small ? disk.directory() : usual;
    }

    @Override
    public Path outside(final int id, final Path usual)
    {
        return id == small ? disk.outside() : usual;
    }

    @Override
    public String ask(final int id, final int port, final String word)
    {
        return place.ask(id, port, word);
    }

    @Override
    public void close() throws IOException
    {
        disk.close();
        for (final Path file : List.of(library(), home.resolve("held.c")))
        {
            Files.delete(file);
        }
        for (int id = 1; id <= small; id++)
        {
            Files.deleteIfExists(held(id));
        }
        Files.delete(home);
    }
}
