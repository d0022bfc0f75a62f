/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes to a device that is always full, and prints the failure. */
public final class FullDeviceMain
{
    static final String TOLD = "told ";

    private static final Path FULL = Path.of("/dev/full");

    private FullDeviceMain()
    {
    }

    public static void main(final String[] args)
    {
        try
        {
            write();
        }
        catch (final IOException ex)
        {
            System.out.println(TOLD + ex.getClass().getName());
        }
    }

    static void write() throws IOException
    {
        try (FileChannel channel = FileChannel.open(FULL, StandardOpenOption.WRITE))
        {
            new RealFileSystem().write(channel, FULL, ByteBuffer.allocate(1), 0);
        }
    }
}
