/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.offline.NewDirectory;
import io.caracal.journal.offline.StoredData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Creates a server's data directory from a replica. The data is not trusted to be complete, because the server may have
 * acknowledged more before. So in an ensemble, the server that uses it votes only after a leader has synchronized it,
 * or when all voters are linked and look for a leader.
 */
public final class NewServerData implements AutoCloseable
{
    /** File in the home directory that tells a server not to vouch for the data it holds. */
    public static final String MARK = "unforced";

    private static final byte[] NOT_OF_ANY_BOOT = "made by a tool\n".getBytes(StandardCharsets.US_ASCII);

    private final NewDirectory directory;

    private NewServerData(final NewDirectory directory)
    {
        this.directory = directory;
    }

    /**
     * Begins, so that an unusable target is refused before any work.
     *
     * @param target layout of the new directory.
     * @return the new data, to be closed.
     * @throws IOException when it cannot be created, or the target exists already.
     */
    public static NewServerData begin(final DataLayout target) throws IOException
    {
        return new NewServerData(NewDirectory.begin(target));
    }

    /**
     * Writes everything. After this method returns, a server can start from the directory.
     *
     * @param offline  the state to write.
     * @param accepted highest epoch ever promised (acceptedEpoch).
     * @param current  epoch of the last leader whose history was adopted (currentEpoch).
     * @throws IOException when writing fails.
     */
    public void write(final OfflineReplica offline, final long accepted, final long current) throws IOException
    {
        try
        {
            offline.write(directory.snapshotSink());
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }
        try (FileChannel channel = FileChannel.open(directory.home().resolve(MARK), StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.wrap(NOT_OF_ANY_BOOT));
            channel.force(true);
        }
        directory.complete(offline.replica().lastAppliedZxid(), new StoredData.Epochs(accepted, 0, current));
    }

    /**
     * Whether data were written by this class, and no leader has synchronized them since.
     *
     * @param home directory of the server's own data.
     * @return false also when its mark cannot be read.
     */
    public static boolean isMadeByTool(final Path home)
    {
        try
        {
            return Arrays.equals(NOT_OF_ANY_BOOT, Files.readAllBytes(home.resolve(MARK)));
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    @Override
    public void close() throws IOException
    {
        directory.close();
    }
}
