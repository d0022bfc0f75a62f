/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.journal.disk.TwoSlotFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Checks whether the two homes belong together, if the log has a home of its own. Zxids do not tell, because the logs
 * of all members of an ensemble hold the same ones. With epochs beside the shorter log of another member, this server
 * would vote as if it held more than it does. So from the end of the first replay on, each home holds the same random
 * number. The number in the log's home is written and forced first. So if the log has no number and the data have one,
 * this is not the log that belongs to the data. Belongs to the caller's thread.
 */
public final class HomePair
{
    private static final int SLOT_LENGTH = 4096;

    private final DataLayout layout;
    private final FileSystemCalls calls;
    private final LongSupplier numbers;
    private final Long ofData;
    private final Long ofLog;

    private HomePair(final DataLayout layout, final FileSystemCalls calls, final LongSupplier numbers)
        throws IOException
    {
        this.layout = layout;
        this.calls = calls;
        this.numbers = numbers;
        ofData = read(DataLayout.pair(layout.home()));
        ofLog = read(DataLayout.pair(layout.logHome()));
    }

    /**
     * Reads the numbers and checks them; writes nothing.
     *
     * @param layout  of the two homes, which may be one.
     * @param calls   to the file system.
     * @param numbers draws a number if there is none yet.
     * @return to be sealed.
     * @throws IOException         when a number cannot be read.
     * @throws CorruptionException when the homes do not belong together.
     */
    public static HomePair of(final DataLayout layout, final FileSystemCalls calls, final LongSupplier numbers)
        throws IOException
    {
        final HomePair pair = new HomePair(layout, calls, numbers);
        pair.check();
        return pair;
    }

    /**
     * Checks whether the homes belong together, for callers that only read.
     *
     * @param layout of the two homes, which may be one.
     * @throws IOException         when a number cannot be read.
     * @throws CorruptionException when they do not belong together.
     */
    static void check(final DataLayout layout) throws IOException
    {
        new HomePair(layout, null, null).check();
    }

    private void check()
    {
        final Path inData = DataLayout.pair(layout.home());
        final Path inLog = DataLayout.pair(layout.logHome());
        if (ofData == null || ofData.equals(ofLog))
        {
            return;
        }

        // No file is damaged, so these exceptions do not advise taking over the state of the others. Two members that
        // both began anew would forget what only they had.
        if (ofLog == null)
        {
            throw new CorruptionException(inLog + ", offset 0: is missing beside " + inData +
                ": dataLogDir is that of another server, or an older copy, or only parts of it were moved there",
                "Bring back the log that belongs here; if you are sure that this is it, remove " + inData + ".");
        }

        throw new CorruptionException(inLog + ", offset 0: belongs to another one than " + inData +
            ": dataLogDir is that of another server, or was put together with another dataDir",
            "Bring back those that belong together; if you are sure that these two do, remove both files.");
    }

    /** Writes the number, after the log was read and not refused. On a full disk, a later start does that. */
    public void seal()
    {
        if (layout.home().equals(layout.logHome()) || ofData != null)
        {
            return;
        }

        final long number = ofLog != null ? ofLog : numbers.getAsLong();
        try
        {
            write(layout.logHome(), number);
            write(layout.home(), number);
        }
        catch (final NoSpaceException full)
        {
            // Nothing depends on the number yet.
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the data directory cannot be written: " + ex.getMessage(), ex);
        }
    }

    private static Long read(final Path file) throws IOException
    {
        final byte[] payload = Files.exists(file) ? TwoSlotFile.read(file) : null;
        return payload == null ? null : ByteBuffer.wrap(payload).getLong();
    }

    /**
     * Writes a number. An existing one is forced when it is opened, because its writer may have ended before it forced.
     */
    private void write(final Path home, final long number) throws IOException
    {
        try (TwoSlotFile file = new TwoSlotFile(DataLayout.pair(home), calls, SLOT_LENGTH))
        {
            if (file.payload() == null)
            {
                file.replace(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            }
        }
    }
}
