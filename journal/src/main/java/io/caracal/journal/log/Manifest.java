/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.TwoSlotFile;
import io.caracal.journal.format.LogManifestDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * The file that says what belongs to the log: the base snapshot, the segments, and where each of them is cut. A segment
 * directory that it does not name is garbage. Rotation, truncation and replacement take effect at the moment at which
 * the manifest changes. Any thread may read it. It is changed, seldom and under one lock, by the journal thread
 * (rotation, truncation, close) and the bulk thread (publication, purge).
 */
public final class Manifest implements AutoCloseable
{
    /** Room for about eighty segments before the file grows. */
    private static final int SLOT_LENGTH = 4096;

    /** Segments that may exist without being named: one that was just taken, and the next spare. */
    private static final int TAKEN_AND_SPARE = 2;

    private final TwoSlotFile file;
    private volatile LogState state;

    /**
     * Opens or creates the manifest.
     *
     * @param path  of its file.
     * @param calls to the file system.
     * @throws IOException when it cannot be read or created.
     */
    public Manifest(final Path path, final FileSystemCalls calls) throws IOException
    {
        file = new TwoSlotFile(path, calls, SLOT_LENGTH, LogManifestDecoder.TEMPLATE_ID);
        state = stateOf(file.payload());
    }

    /** Reads a manifest without changing it. A server may change it meanwhile. */
    static LogState read(final Path path) throws IOException
    {
        return stateOf(TwoSlotFile.read(path, LogManifestDecoder.TEMPLATE_ID));
    }

    /**
     * Returns where the log of a manifest begins, without changing the manifest.
     *
     * @param path of the manifest, which exists.
     * @return zxid; 0 when the log begins with the first record ever.
     * @throws IOException when it cannot be read.
     */
    public static long baseZxidOf(final Path path) throws IOException
    {
        return read(path).baseZxid();
    }

    /**
     * Like {@link TwoSlotFile#isLocked}.
     *
     * @return false when another process works with it.
     */
    public synchronized boolean isLocked()
    {
        return file.isLocked();
    }

    private static LogState stateOf(final byte[] payload)
    {
        return payload == null ? LogState.EMPTY : LogState.decoded(payload);
    }

    /**
     * Zxid of the newest published snapshot.
     *
     * @return its zxid; 0 when there is none.
     */
    public long snapshotZxid()
    {
        return state.snapshotZxid();
    }

    /**
     * Where the log begins: it holds every record after this zxid.
     *
     * @return zxid; 0 when it begins with the first record ever.
     */
    public long baseZxid()
    {
        return state.baseZxid();
    }

    /**
     * Whether nothing was ever written to the manifest.
     *
     * @return true on an empty disk.
     */
    public boolean isBlank()
    {
        return state.equals(LogState.EMPTY);
    }

    /** Publishes a snapshot, which must be on the device, with the log durable up to it. */
    void publish(final long zxid, final RecordPlace near) throws IOException
    {
        change(current -> current.published(zxid, near));
    }

    /**
     * Makes the manifest name one snapshot and an empty log that begins after it. When this method returns, that is on
     * the device. For a directory that is being created.
     *
     * @param zxid of the snapshot.
     * @throws IOException when writing or forcing fails.
     */
    public void beginAfter(final long zxid) throws IOException
    {
        change(current -> current.replaced(zxid));
    }

    /**
     * Makes sure that naming the next segment needs no room on disk, nor naming the one before it, which may have been
     * taken and not be named yet.
     *
     * @throws io.caracal.journal.disk.NoSpaceException when there is no room; nothing has changed.
     */
    synchronized void makeRoom() throws IOException
    {
        file.makeRoom(state.encodedLength(TAKEN_AND_SPARE));
    }

    /** Whether the manifest's name still leads to the file that is written. Never checked in the middle of a change. */
    synchronized boolean isInPlace()
    {
        return file.isInPlace();
    }

    LogState state()
    {
        return state;
    }

    /** Changes the state. When this method returns, the new state is on the device. */
    synchronized LogState change(final UnaryOperator<LogState> function) throws IOException
    {
        final LogState next = function.apply(state);
        if (!next.equals(state))
        {
            file.replace(next.encoded());
            state = next;
        }

        return next;
    }

    @Override
    public synchronized void close() throws IOException
    {
        file.close();
    }
}
