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
import java.nio.file.StandardOpenOption;

/**
 * Makes the data directory of a server out of a replica. The server that uses it is not trusted to have everything,
 * since it may have acknowledged more before. So in an ensemble it votes only after a leader has synchronized it, or
 * when all voters are linked and look for a leader.
 */
public final class NewServerData implements AutoCloseable
{
    /** File in the home directory by which a server knows that it must not vouch for what it holds. */
    public static final String MARK = "unforced";

    private static final byte[] NOT_OF_ANY_BOOT = "made by a tool\n".getBytes(StandardCharsets.US_ASCII);

    private final NewDirectory directory;

    private NewServerData(final NewDirectory directory)
    {
        this.directory = directory;
    }

    /**
     * Begins, so that a target that cannot be used is refused before any work.
     *
     * @param target where what is to lie.
     * @return to be closed.
     * @throws IOException when it cannot be made, or something lies there.
     */
    public static NewServerData begin(final DataLayout target) throws IOException
    {
        return new NewServerData(NewDirectory.begin(target));
    }

    /**
     * Writes everything. When this returns, a server starts from it.
     *
     * @param offline  the state.
     * @param accepted highest epoch ever promised.
     * @param current  epoch of the last leader whose history was adopted.
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

    @Override
    public void close() throws IOException
    {
        directory.close();
    }
}
