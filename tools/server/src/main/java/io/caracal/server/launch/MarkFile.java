/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A small file with one line of text that a server keeps beside its data. Each change of it is durable at once. */
final class MarkFile
{
    private final Path directory;
    private final Path file;

    /**
     * Names the file; nothing is read or written yet.
     *
     * @param directory that holds the file.
     * @param name      of the file.
     */
    MarkFile(final Path directory, final String name)
    {
        this.directory = directory;
        file = directory.resolve(name);
    }

    boolean exists()
    {
        return Files.exists(file);
    }

    /** Returns the line, or an empty text if the file is not there or cannot be read. */
    String read()
    {
        return read(file);
    }

    static String read(final Path file)
    {
        try
        {
            return Files.readString(file).trim();
        }
        catch (final IOException ex)
        {
            return "";
        }
    }

    /**
     * Replaces the file.
     *
     * @param line its new content.
     * @throws UncheckedIOException if it cannot be written; the message names it.
     */
    void write(final String line)
    {
        final Path fresh = directory.resolve(file.getFileName() + ".new");
        try
        {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING))
            {
                channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }

            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(file + " cannot be written: " + ex.getMessage(), ex);
        }
    }

    /** Removes the file if it is there. */
    void delete() throws IOException
    {
        if (Files.deleteIfExists(file))
        {
            forceDirectory();
        }
    }

    private void forceDirectory() throws IOException
    {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ))
        {
            channel.force(true);
        }
    }
}
