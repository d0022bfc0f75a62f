/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.SnapshotSink;
import io.caracal.journal.disk.FileSystemCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Writes one snapshot file on the caller's thread, for tools that create a data directory. When {@link #finish}
 * returns, the file is whole, forced and under its final name. Never refuses.
 */
public final class SnapshotFileSink implements SnapshotSink, AutoCloseable
{
    private final SnapshotFiles files;
    private final FileSystemCalls calls;
    private SnapshotFileWriter writer;
    private boolean isUnfinished;
    private long zxid;

    /**
     * Creates a sink.
     *
     * @param directory of the file.
     * @param calls     to the file system.
     */
    public SnapshotFileSink(final Path directory, final FileSystemCalls calls)
    {
        files = new SnapshotFiles(directory, calls);
        this.calls = calls;
    }

    @Override
    public boolean begin(final long newZxid)
    {
        Invariant.check(writer == null, "a snapshot begins while another is written");
        zxid = newZxid;
        isUnfinished = true;
        try
        {
            writer = new SnapshotFileWriter(files.temporary(zxid), calls, zxid);
        }
        catch (final IOException ex)
        {
            throw failed(ex);
        }

        return true;
    }

    @Override
    public boolean write(final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            writer.beginRecord(length);
            writer.append(buffer, offset, length);
        }
        catch (final IOException ex)
        {
            throw failed(ex);
        }

        return true;
    }

    @Override
    public boolean writeBeforeImage(final DirectBuffer buffer, final int offset, final int length)
    {
        return write(buffer, offset, length);
    }

    @Override
    public boolean finish(final long recordCount, final long digest)
    {
        try
        {
            writer.finish(recordCount, digest);
            closeWriter();
            calls.rename(files.temporary(zxid), files.file(zxid));
            isUnfinished = false;
            calls.forceDirectory(files.directory());
        }
        catch (final IOException ex)
        {
            throw failed(ex);
        }

        return true;
    }

    @Override
    public void abort()
    {
        close();
    }

    private UncheckedIOException failed(final IOException cause)
    {
        return new UncheckedIOException(files.temporary(zxid) + " cannot be written: " + cause.getMessage(), cause);
    }

    @Override
    public void close()
    {
        try
        {
            closeWriter();
            if (isUnfinished)
            {
                isUnfinished = false;
                calls.remove(files.temporary(zxid));
            }
        }
        catch (final IOException ex)
        {
            throw failed(ex);
        }
    }

    private void closeWriter() throws IOException
    {
        if (writer != null)
        {
            final SnapshotFileWriter closing = writer;
            writer = null;
            closing.close();
        }
    }
}
