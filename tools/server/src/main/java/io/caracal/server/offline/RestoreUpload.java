/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.txn.TxnWriter;
import io.caracal.engine.zab.Zxid;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.snapshot.SnapshotFileSink;
import io.caracal.journal.snapshot.StoredSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;

/**
 * Makes a {@link StagedRestore} out of a snapshot file that somebody sends. The file is checked whole, its sessions are
 * closed, and the result gets a zxid in an epoch after all that the server has accepted: what clients have seen never
 * comes back as something else, and none of them goes on with watches set on what it saw before.
 */
public final class RestoreUpload
{
    /** Later epochs could be used up. */
    private static final long EPOCH_MAX = 1L << 30;
    /**
     * The epoch after the accepted one stays free: a server that uses up the counter of its epoch goes on with it, and
     * what was sent is void then.
     */
    private static final long EPOCHS_AHEAD = 2;
    /** Room that is left for the server which goes on meanwhile. */
    private static final long ROOM_LEFT = 256L << 20;
    private static final int PIECE_LENGTH = 64 * 1024;
    private static final int TXN_LENGTH = 256;

    private final StagedRestore staged;

    /** Says what is wrong with a file. */
    public static final class RefusedException extends Exception
    {
        private static final long serialVersionUID = 1L;

        RefusedException(final String message)
        {
            super(message);
        }
    }

    /**
     * An upload.
     *
     * @param staged gets it.
     */
    public RestoreUpload(final StagedRestore staged)
    {
        this.staged = staged;
    }

    /**
     * Takes the file.
     *
     * @param in            the file.
     * @param acceptedEpoch of the server.
     * @return the zxid that the server will be at.
     * @throws RefusedException when the file is no snapshot of Caracal, or damaged, or longer than there is room for.
     * @throws IOException      when it cannot be read or written.
     */
    public long take(final InputStream in, final long acceptedEpoch) throws IOException, RefusedException
    {
        final Path directory = staged.begin();
        boolean isReady = false;
        try
        {
            final Path upload = directory.resolve("upload");
            copy(in, upload);
            final long zxid = convert(upload, directory, acceptedEpoch);
            Files.delete(upload);
            staged.ready(zxid, acceptedEpoch);
            isReady = true;
            return zxid;
        }
        catch (final CorruptionException | BrokenInvariantException ex)
        {
            throw new RefusedException("the file is damaged: " + ex.getMessage());
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }
        finally
        {
            if (!isReady)
            {
                staged.clear();
            }
        }
    }

    private static void copy(final InputStream in, final Path upload) throws IOException, RefusedException
    {
        final byte[] piece = new byte[PIECE_LENGTH];
        long left = upload.getParent().toFile().getUsableSpace() / 2 - ROOM_LEFT;
        try (var out = Files.newOutputStream(upload))
        {
            for (int length = in.read(piece); length >= 0; length = in.read(piece))
            {
                left -= length;
                if (left < 0)
                {
                    throw new RefusedException("there is no room for this in " + upload.getParent());
                }
                out.write(piece, 0, length);
            }
        }
    }

    private static long convert(final Path upload, final Path directory, final long acceptedEpoch)
        throws IOException, RefusedException
    {
        final long ofZxid = zxid(upload);
        final long epoch = Math.max(acceptedEpoch, Zxid.epoch(ofZxid)) + EPOCHS_AHEAD;
        if (epoch > EPOCH_MAX)
        {
            throw new RefusedException("the file is of an impossible epoch");
        }

        try (OfflineReplica offline = new OfflineReplica();
            SnapshotFileSink store = new SnapshotFileSink(directory, new RealFileSystem()))
        {
            StoredSnapshots.read(upload, ofZxid, offline.loader());
            offline.loaded();
            closeSessions(offline, Zxid.pack(epoch, 0));
            offline.write(store);
            return offline.replica().lastAppliedZxid();
        }
    }

    private static long zxid(final Path upload) throws IOException, RefusedException
    {
        try
        {
            return StoredSnapshots.zxidWithin(upload);
        }
        catch (final IOException ex)
        {
            throw new RefusedException("this is no snapshot of Caracal: send what the command snapshot has answered (" +
                ex.getMessage() + ")");
        }
    }

    /** Ephemerals go with them. One transaction of the new epoch at least, so that the state has a zxid in it. */
    private static void closeSessions(final OfflineReplica offline, final long epochBegin)
    {
        final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer(TXN_LENGTH));
        long zxid = epochBegin;
        for (final long session : offline.replica().sessions().sortedIds())
        {
            txn.begin(session, System.currentTimeMillis(), 0, 0, 0, offline.replica().lastAppliedZxid(), offline
                .replica().tree().digest());
            txn.closeSession(true);
            offline.apply(++zxid, txn.buffer(), 0, txn.length());
        }
        if (zxid == epochBegin)
        {
            offline.replica().lastAppliedZxid(++zxid);
            offline.epochEnds().onLogged(zxid);
        }
    }
}
