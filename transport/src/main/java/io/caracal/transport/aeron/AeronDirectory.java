/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.CncFileDescriptor;
import io.aeron.driver.reports.LossReportUtil;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.PeerContext;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.CountersReader;

/**
 * Chooses the directory of the term buffers. It normally lies in shared memory, under a name derived from the data
 * directory, so that the next start finds and removes what a killed server left. It lies in the data directory if
 * shared memory has too little room.
 */
final class AeronDirectory
{
    static final String PREFIX = "caracal-";
    private static final String FALLBACK = "aeron";
    private static final int TERMS = 3;
    private static final int DIRECTIONS = 2;

    /**
     * Space for Aeron's command and error buffers, which Aeron fills from the start, and for the last page of each log
     * buffer.
     */
    private static final long FIXED_BYTES = 8 << 20;
    /** Bytes that a counter takes for its value and its metadata together, for each byte of its value. */
    private static final int COUNTER_GROWTH = 5;
    /**
     * Counters of a link: six for each outbound stream, four for each inbound stream, two for its socket; plus half of
     * that as a margin.
     */
    private static final int COUNTERS_PER_MEMBER = 48;
    /** The smallest length that Aeron accepts, in bytes. */
    private static final int COUNTERS_LENGTH_LEAST = 1 << 20;

    private AeronDirectory()
    {
    }

    /** Where the buffers of this server lie if shared memory has room for them. */
    static Path shared(final PeerContext context)
    {
        return context.sharedMemory().resolve(PREFIX + name(context.dataDirectory()));
    }

    /**
     * Length of the buffer for the values of all counters of a driver, in bytes. Aeron's default would take 40 MiB of
     * shared memory.
     */
    static int countersLength(final PeerContext context)
    {
        return Math.max(COUNTERS_LENGTH_LEAST, BitUtil.findNextPositivePowerOfTwo(context.members().size() *
            COUNTERS_PER_MEMBER * CountersReader.COUNTER_LENGTH));
    }

    /**
     * Removes what an earlier process, or an earlier driver of this process, left, and chooses a place with enough
     * room.
     *
     * @param present where the buffers have been until now, which people were told already; null: nowhere.
     */
    static Path prepare(final PeerContext context, final Path present)
    {
        final Path shared = shared(context);
        final Path fallback = fallback(context);
        delete(shared);
        delete(fallback);
        final long neededBytes = neededBytes(context);
        final long usableBytes = usableBytes(context.sharedMemory());

        if (usableBytes >= neededBytes)
        {
            return shared;
        }

        if (!fallback.equals(present))
        {
            context.events().onDirectoryFallback(fallback, neededBytes, usableBytes);
        }

        return fallback;
    }

    private static Path fallback(final PeerContext context)
    {
        return context.dataDirectory().resolve(FALLBACK);
    }

    /** Whether a place for buffers is on the disk of the data, and not in shared memory. */
    static boolean isOnDisk(final Path directory, final PeerContext context)
    {
        return directory.equals(fallback(context));
    }

    /**
     * Gives the loss report, which Aeron writes a page at a time, all of its room. Called before the driver works: it
     * overwrites what is there.
     *
     * @throws UncheckedIOException when there is no room.
     */
    static void fillLossReport(final Path directory)
    {
        final Path report = LossReportUtil.file(directory.toString()).toPath();
        try
        {
            Files.write(report, new byte[Math.toIntExact(Files.size(report))], StandardOpenOption.WRITE);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Whether something else removed the files of a running driver, so that it can no longer make streams. */
    static boolean isGone(final Path directory)
    {
        return Files.notExists(directory.resolve(CncFileDescriptor.CNC_FILE));
    }

    static void delete(final Path directory)
    {
        IoUtil.delete(new File(directory.toString()), false);
    }

    /** Bytes needed for all links, and for one more link whose old generation is not unmapped yet. */
    static long neededBytes(final PeerContext context)
    {
        long linkBytes = 0;

        for (final PeerStream stream : PeerStream.values())
        {
            linkBytes += (long)DIRECTIONS * TERMS * PeerChannels.termLength(context, stream);
        }

        return FIXED_BYTES + (long)COUNTER_GROWTH * countersLength(context) + context.members().size() * linkBytes;
    }

    private static long usableBytes(final Path directory)
    {
        try
        {
            return Files.isWritable(directory) ? Files.getFileStore(directory).getUsableSpace() : 0;
        }
        catch (final IOException unreadable)
        {
            return 0;
        }
    }

    /**
     * Returns a name that is distinct for each data directory, even for directories of the same name in different
     * places.
     */
    private static String name(final Path dataDirectory)
    {
        try
        {
            final byte[] path = dataDirectory.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
            final CRC32C crc = new CRC32C();
            crc.update(path);
            final long low = crc.getValue();
            crc.update(path);

            return String.format(Locale.ROOT, "%08x%08x", crc.getValue(), low);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
