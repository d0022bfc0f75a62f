/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.zab.Zxid;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.offline.StoredData;
import io.caracal.server.offline.OfflineLoad;
import io.caracal.server.offline.OfflineReplica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Brings a replica to a point of the history that the data directory of a stopped server holds. Where the log is
 * damaged, it fails, or ends the history there if that was asked for. What comes after the damage is lost then: each
 * transaction changes what those before it have left.
 */
final class DataRestore implements Restore
{
    private final DataLayout layout;
    private final OfflineReplica replica;
    private final OfflineLoad.Until until;
    private final boolean isUpToDamage;
    private final LongConsumer progress;
    private final List<String> damages = new ArrayList<>();
    private StoredData.Epochs epochs;
    private OfflineLoad.LeftOut leftOut;
    private long lastTimeMs;

    DataRestore(final DataLayout layout, final OfflineReplica replica, final OfflineLoad.Until until,
        final boolean isUpToDamage, final LongConsumer progress)
    {
        this.layout = layout;
        this.replica = replica;
        this.until = until;
        this.isUpToDamage = isUpToDamage;
        this.progress = progress;
    }

    @Override
    public long load() throws IOException
    {
        try (StoredData data = StoredData.openAlone(layout))
        {
            data.requirePair();
            epochs = epochs(data);
            loadSnapshot(data);
            damages.addAll(data.damages());

            return replay(data);
        }
    }

    /** The epochs. Zeros if they are damaged: the epoch of the last zxid has to do then, and those that are skipped. */
    private StoredData.Epochs epochs(final StoredData data) throws IOException
    {
        try
        {
            return data.epochs();
        }
        catch (final CorruptionException ex)
        {
            passOver(ex);
            damages.add(ex.damage());

            return new StoredData.Epochs(0, 0, 0);
        }
    }

    /**
     * Loads the newest snapshot before the point. Only the log holds the times of transactions, so a point in time is
     * reached from the oldest state that there is.
     */
    private void loadSnapshot(final StoredData data) throws IOException
    {
        final long first = firstZxid(data);
        if (until.zxid() < first)
        {
            throw SnapshotAge.beginsLater("data", first);
        }

        data.load(until.timeMs() == Long.MAX_VALUE ? until.zxid() : first, replica.loader());
        replica.loaded();
    }

    /** The earliest state that snapshots and log together can give back. */
    private static long firstZxid(final StoredData data) throws IOException
    {
        final long base = data.log().baseZxid();
        return base == 0 ? 0 :
            data.snapshots().stream().mapToLong(Long::longValue).filter(zxid -> zxid >= base).min().orElse(base);
    }

    private long replay(final StoredData data) throws IOException
    {
        final long begin = lastZxid();
        final OfflineLoad load = new OfflineLoad(data, replica, until, progress);
        try
        {
            load.replay();
        }
        catch (final CorruptionException ex)
        {
            endAtDamage(load, ex);
        }

        requireReached(load);
        leftOut = load.leftOut();
        lastTimeMs = load.lastTimeMs();
        if (begin > 0 && !SnapshotAge.isBefore(data.files().file(begin), until.timeMs(), load.txnCount()))
        {
            throw SnapshotAge.beginsLater("data", begin);
        }

        return load.txnCount();
    }

    private void endAtDamage(final OfflineLoad load, final CorruptionException ex) throws IOException
    {
        if (load.isContradicted())
        {
            throw new IOException(ex.damage() + "; name an earlier transaction with --to-zxid", ex);
        }
        if (isReached(load))
        {
            return;
        }

        passOver(ex);
        if (lastZxid() == 0)
        {
            // Who is told that nothing was ever written gives up the snapshots as well.
            throw new IOException(ex.damage() + "; nothing before that is whole" + SnapshotAlone.command(layout)
                .map(". What is left is the newest snapshot: "::concat).orElse(""), ex);
        }
        damages.add(ex.damage() + "; what came after zxid 0x" + Long.toHexString(lastZxid()) + " is lost");
    }

    private void passOver(final CorruptionException ex) throws IOException
    {
        if (!isUpToDamage)
        {
            throw new IOException(ex.damage() + "; with --up-to-damage what is whole before it is restored", ex);
        }
    }

    private void requireReached(final OfflineLoad load) throws IOException
    {
        if (until.zxid() != Long.MAX_VALUE && !isReached(load))
        {
            throw new IOException("the data ends at zxid 0x" + Long.toHexString(lastZxid()) +
                "; name that or an earlier one");
        }
    }

    private boolean isReached(final OfflineLoad load)
    {
        return load.isReached() || lastZxid() == until.zxid();
    }

    private long lastZxid()
    {
        return replica.replica().lastAppliedZxid();
    }

    @Override
    public OfflineLoad.LeftOut leftOut()
    {
        return leftOut;
    }

    @Override
    public long lastTimeMs()
    {
        return lastTimeMs;
    }

    @Override
    public List<String> damages()
    {
        return List.copyOf(damages);
    }

    @Override
    public long acceptedEpoch()
    {
        return Math.max(epochs.accepted(), currentEpoch()) + EPOCHS_SKIPPED;
    }

    @Override
    public long currentEpoch()
    {
        return Math.max(epochs.current(), Zxid.epoch(lastZxid()));
    }
}
