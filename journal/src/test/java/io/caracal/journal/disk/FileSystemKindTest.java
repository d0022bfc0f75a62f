/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSystemKindTest
{
    @ParameterizedTest
    @CsvSource({ "ext4, LOCAL", "xfs, LOCAL", "btrfs, LOCAL", "zfs, LOCAL", "nfs4, NETWORK", "NFS, NETWORK",
        "cifs, NETWORK", "fuse.glusterfs, NETWORK", "tmpfs, MEMORY", "ramfs, MEMORY", "overlay, LAYERED",
        "fuse.bindfs, USER_SPACE", "fuse, USER_SPACE", "fuseblk, LOCAL" })
    void shouldJudgeByTheTypeThatTheSystemNames(final String type, final FileSystemKind kind)
    {
        assertEquals(kind, FileSystemKind.ofType(type));
    }

    @Test
    void shouldHaveNoConcernAboutLocalDisksOnly()
    {
        for (final FileSystemKind kind : FileSystemKind.values())
        {
            if (kind == FileSystemKind.LOCAL)
            {
                assertNull(kind.concern());
            }
            else
            {
                assertNotNull(kind.concern(), kind.name());
            }
        }
    }

    @Test
    void shouldLookAtARealDirectory() throws IOException
    {
        assertEquals(FileSystemKind.MEMORY, FileSystemKind.of(Path.of("/dev/shm")));
        assertThrows(NoSuchFileException.class, () -> FileSystemKind.of(Path.of("/no/such/directory")));
    }

    /** The JDK reports this where the table of mounts belongs to another root. */
    @Test
    void shouldDoWithoutAMountPoint() throws IOException
    {
        assertEquals(FileSystemKind.UNKNOWN, FileSystemKind.of(Path.of("/dev/shm"), place ->
        {
            throw new IOException("Mount point not found");
        }));
    }
}
