/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * The kind of file system on which a directory lies. The journal reserves blocks, locks files, and forces them with
 * {@code fdatasync}. Only local file systems on a device keep what these calls promise. Other file systems are used,
 * but people are told.
 */
public enum FileSystemKind
{
    /** On a device of this machine, as far as one can tell. */
    LOCAL(null),
    /** On another machine. */
    NETWORK("a network file system, whose locks, mappings and forces cannot be relied on; use a local disk"),
    /** In memory. */
    MEMORY("a file system in memory: nothing of it survives a restart of the machine; use a disk"),
    /** In layers over another file system, as in containers. */
    LAYERED("the writable layer of a container: nothing of it survives the container; mount a volume"),
    /** Implemented by a program in user space. */
    USER_SPACE("a file system in user space, which may force less than it says; use a local disk"),
    /** Not told by the system, as in a container whose table of mounts is not its own. */
    UNKNOWN("a file system of which the system does not tell the kind; see that it is a local disk");

    private static final Set<String> NETWORK_TYPES = Set.of("nfs", "nfs4", "cifs", "smbfs", "smb2", "smb3", "9p",
        "ceph",
        "lustre", "gpfs", "glusterfs", "fuse.glusterfs", "fuse.sshfs", "fuse.ceph", "fuse.s3fs", "afs", "ocfs2", "gfs2",
        "virtiofs", "vboxsf");
    private static final Set<String> MEMORY_TYPES = Set.of("tmpfs", "ramfs", "rootfs");
    private static final Set<String> LAYERED_TYPES = Set.of("overlay", "overlayfs", "aufs", "unionfs");

    private final String concern;

    /** Asks the system for the type of a file system. */
    @FunctionalInterface
    interface TypeSource
    {
        String type(Path directory) throws IOException;
    }

    FileSystemKind(final String concern)
    {
        this.concern = concern;
    }

    /**
     * Determines the kind of file system of a directory.
     *
     * @param directory that exists.
     * @return kind of its file system; {@link #UNKNOWN} when the system does not tell.
     * @throws IOException when there is no such directory.
     */
    public static FileSystemKind of(final Path directory) throws IOException
    {
        return of(directory, place -> Files.getFileStore(place).type());
    }

    static FileSystemKind of(final Path directory, final TypeSource types) throws IOException
    {
        final Path real = directory.toRealPath();
        try
        {
            return ofType(types.type(real));
        }
        catch (final IOException ex)
        {
            // The kind is only used for advice, so this is no reason to refuse.
            return UNKNOWN;
        }
    }

    /**
     * Maps the system's name of a type to its kind.
     *
     * @param type such as {@code ext4}, {@code nfs4}.
     * @return its kind.
     */
    public static FileSystemKind ofType(final String type)
    {
        final String name = type.toLowerCase(Locale.ROOT);
        if (NETWORK_TYPES.contains(name))
        {
            return NETWORK;
        }

        if (MEMORY_TYPES.contains(name))
        {
            return MEMORY;
        }

        if (LAYERED_TYPES.contains(name))
        {
            return LAYERED;
        }

        return name.equals("fuse") || name.startsWith("fuse.") ? USER_SPACE : LOCAL;
    }

    /**
     * What a person who keeps data there should know.
     *
     * @return what it is and what to do; null when all is well.
     */
    public String concern()
    {
        return concern;
    }
}
