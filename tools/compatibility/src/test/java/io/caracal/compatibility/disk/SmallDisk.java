/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.disk;

import io.caracal.compatibility.ChildJvm;
import io.caracal.compatibility.LeftInMemory;
import io.caracal.compatibility.clients.SystemPackages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system small enough to be filled. It is mounted in a name space that a child process holds open, so it is gone
 * with the child. Servers are started inside by {@link #launcher}; this process looks in from outside.
 */
public final class SmallDisk implements AutoCloseable
{
    private static final String MOUNT = "mount -t tmpfs -o size=$1 tmpfs \"$0\" && echo mounted && exec cat";
    private static final long TIMEOUT_MS = 60_000;
    private static final int BLOCK_LENGTH = 4096;

    private final Path directory;
    private final ChildJvm holder;

    private SmallDisk(final Path directory, final ChildJvm holder)
    {
        this.directory = directory;
        this.holder = holder;
    }

    /**
     * Checks whether this user may mount in a name space of its own. If not, the test is skipped by name; in CI it
     * fails.
     */
    public static void require(final String test)
    {
        SystemPackages.require(test, "util-linux, and the right to make name spaces",
            List.of("unshare", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"));
    }

    /** Mounts a file system of this size, with the suffixes that mount knows. */
    public static SmallDisk mount(final String size) throws IOException
    {
        final Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "disks")), "disk")
            .toAbsolutePath();
        final ChildJvm holder = ChildJvm.startProgram("disk",
            List.of("unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT, directory.toString(), size));
        holder.awaitLine("mounted", TIMEOUT_MS);

        return new SmallDisk(directory, holder);
    }

    /** The mount point, for processes inside. */
    public Path directory()
    {
        return directory;
    }

    /** The beginning of a command that runs inside. */
    public List<String> launcher()
    {
        return List.of("nsenter", "--target", Long.toString(holder.pid()), "--user", "--mount",
            "--preserve-credentials", "--wd=" + Path.of("").toAbsolutePath());
    }

    /** The mount point as this process sees it. */
    public Path outside()
    {
        return Path.of("/proc", Long.toString(holder.pid()), "root").resolve(Path.of("/").relativize(directory));
    }

    private Path ballast()
    {
        return outside().resolve("ballast");
    }

    /** Fills all the room that is left. */
    public void fill() throws IOException
    {
        final byte[] block = new byte[BLOCK_LENGTH];

        try (OutputStream ballast = Files.newOutputStream(ballast()))
        {
            while (true)
            {
                ballast.write(block);
            }
        }
        catch (final IOException full)
        {
            if (!full.getMessage().contains("No space left"))
            {
                throw full;
            }
        }
    }

    /** Frees that room. */
    public void free() throws IOException
    {
        Files.delete(ballast());
    }

    @Override
    public void close() throws IOException
    {
        holder.close();
        Files.delete(directory);
        LeftInMemory.remove(directory);
    }
}
