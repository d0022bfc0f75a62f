/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The calls by which the journal changes what is on disk, apart from what Chronicle writes while it creates the file of
 * a segment. Each of them may fail; a full disk is reported as {@link NoSpaceException}. Tests replace this interface
 * by implementations of their own.
 */
public interface FileSystemCalls
{
    /**
     * Creates a directory if it is missing; its parent exists.
     *
     * @param directory to be made.
     * @throws IOException when it cannot be made.
     */
    void createDirectory(Path directory) throws IOException;

    /**
     * Makes sure that a file exists and that its first bytes have blocks on disk, so that later writes to them cannot
     * fail for want of room. Existing contents stay; new bytes read as zeros.
     *
     * @param file   created when missing.
     * @param length bytes from the start of the file; 0 only creates it.
     * @throws NoSpaceException when the disk does not have that much room.
     * @throws IOException      when anything else fails.
     */
    void reserve(Path file, long length) throws IOException;

    /**
     * Writes a whole buffer.
     *
     * @param channel  open for writing.
     * @param file     its name, for messages.
     * @param bytes    from position to limit; consumed.
     * @param position in the file.
     * @throws IOException when it fails.
     */
    void write(FileChannel channel, Path file, ByteBuffer bytes, long position) throws IOException;

    /**
     * Forces contents and length of a file to the device by {@code fdatasync}, which also covers pages written through
     * a mapping. Never tried again after a failure, because the system may have dropped the pages that it could not
     * write.
     *
     * @param channel open on the file.
     * @param file    its name, for messages.
     * @throws IOException when it fails.
     */
    void force(FileChannel channel, Path file) throws IOException;

    /**
     * Forces the entries of a directory to the device.
     *
     * @param directory whose entries changed.
     * @throws IOException when it fails.
     */
    void forceDirectory(Path directory) throws IOException;

    /**
     * Renames a file within its directory in one step, replacing any file that has the new name.
     *
     * @param from old name.
     * @param to   new name.
     * @throws NoSpaceException when the directory has no room for the name; nothing has changed.
     * @throws IOException      when anything else fails.
     */
    void rename(Path from, Path to) throws IOException;

    /**
     * Shortens a file and frees the blocks behind its new end.
     *
     * @param file   to be shortened.
     * @param length that remains.
     * @throws IOException when it fails.
     */
    void truncate(Path file, long length) throws IOException;

    /**
     * Removes a file, or a directory with the files in it. Does nothing if it is missing.
     *
     * @param path to be removed.
     * @throws IOException when it fails.
     */
    void remove(Path path) throws IOException;
}
