/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.DataLayout;
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
 * Where the log has a home of its own: whether the two belong together. Zxids do not tell, since the logs of all
 * members of an ensemble hold the same ones; epochs beside the shorter log of another member would let this server vote
 * with more than it has. So each home holds the same random number, from the end of the first replay on. That of the
 * log is written and forced first: a log without one beside data that have one is not the log they had. The caller's
 * thread.
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
     * Looks at what lies there; writes nothing.
     *
     * @param layout  of the two homes, which may be one.
     * @param calls   to the file system.
     * @param numbers draws one where there is none yet.
     * @return to be sealed.
     * @throws IOException         when it cannot be read.
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
     * Looks whether the homes belong together, for those who only read.
     *
     * @param layout of the two homes, which may be one.
     * @throws IOException         when it cannot be read.
     * @throws CorruptionException when they do not.
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

        // Nothing is damaged: two members that began anew would forget what only they had.
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

    /** The log was read and not refused: from now on they are known by it. On a full disk a later start does that. */
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
            // Nothing rests on it yet.
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

    /** One that is there is forced by being opened: whoever wrote it may have ended before that. */
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
