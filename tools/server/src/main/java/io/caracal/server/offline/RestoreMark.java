/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.engine.zab.Zxid;
import io.caracal.journal.disk.FileSystemCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says that a snapshot lies ready to take the place of what a server has, and for which server it is meant.
 * <p>
 * It counts only while the accepted epoch is still the one of then, or that of the snapshot, which is later than the
 * one after it. The start that takes the snapshot over accepts its epoch first, and whoever leads after the switch
 * begins with a later one: a mark that comes back, since its removal did not survive a power cut, is void.
 *
 * @param zxid          of the snapshot.
 * @param acceptedEpoch of the server when the snapshot was made.
 */
record RestoreMark(long zxid, long acceptedEpoch)
{
    private static final Pattern TEXT = Pattern.compile("zxid 0x([0-9a-f]{1,16}) accepted ([0-9]{1,18})\n");
    private static final int HEXADECIMAL = 16;

    /**
     * Reads a mark.
     *
     * @param file that may hold one.
     * @return the mark, null when there is no file.
     * @throws IOException when it cannot be read, or is none.
     */
    static RestoreMark read(final Path file) throws IOException
    {
        try
        {
            final Matcher text = TEXT.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            if (!text.matches())
            {
                throw new IOException(file + " is damaged; remove " + file.getParent() +
                    " to start with what there is");
            }

            return new RestoreMark(Long.parseUnsignedLong(text.group(1), HEXADECIMAL), Long.parseLong(text.group(2)));
        }
        catch (final NoSuchFileException ex)
        {
            return null;
        }
    }

    /** Writes it in one step: when this returns it is there for good, and before that not at all. */
    void write(final FileSystemCalls calls, final Path file) throws IOException
    {
        final Path part = file.resolveSibling(file.getFileName() + ".part");
        final String text = "zxid 0x" + Long.toHexString(zxid) + " accepted " + acceptedEpoch + "\n";
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE))
        {
            calls.write(channel, part, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
            calls.force(channel, part);
        }
        calls.rename(part, file);
        calls.forceDirectory(file.getParent());
    }

    /** Whether the server is still the one that it was made for. */
    boolean isMeantFor(final long presentEpoch)
    {
        return presentEpoch == acceptedEpoch || presentEpoch == Zxid.epoch(zxid);
    }
}
