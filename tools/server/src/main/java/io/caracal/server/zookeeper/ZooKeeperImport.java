/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.zab.Zxid;
import io.caracal.server.offline.OfflineReplica;
import io.caracal.server.offline.TreeCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the state of a ZooKeeper server: its newest complete snapshot, then its logs. Finally it makes the corrections
 * that a start of ZooKeeper would make. The tree is compared with the digests that ZooKeeper's leaders recorded,
 * wherever it is exact.
 */
public final class ZooKeeperImport
{
    private static final int PROGRESS_MASK = 0xFFFF;
    private static final long FIRST_EPOCH = 1;

    private final ZooKeeperDirectory directory;
    private final boolean isLogDirNamed;
    private final OfflineReplica offline;
    private final Progress progress;
    private final boolean checksDigests;
    private final boolean isUpToDamage;
    private final MissingAcls missing = new MissingAcls();
    private final List<String> remarks = new ArrayList<>();
    private LogApplier applier;
    private boolean hasSnapshot;
    private long snapshotZxid;

    /** Highest zxid of which the snapshot holds a part. */
    private long snapshotReachesZxid;
    private long exactFromZxid = Long.MAX_VALUE;
    private long digestAtExactZxid;
    private long lastZxid;
    private long txnCount;
    private long digestCount;

    /**
     * What seems wrong with the digest of the snapshot. Null when nothing does, or once a later digest has decided
     * instead.
     */
    private String doubt;

    /**
     * A place where a log seems to end, with transactions behind it. Null when there is none, or once the next log has
     * shown that ZooKeeper itself went on from there.
     */
    private FileDamage falseEnd;

    /**
     * The result of an import.
     *
     * @param snapshot      snapshot file that was loaded, null when there was none.
     * @param zxid          of the state.
     * @param acceptedEpoch that the new server must have: not below that of the ZooKeeper server, and
     *                      such that no later epoch is in the id of an imported session.
     * @param currentEpoch  of the ZooKeeper server, at least the epoch of the last zxid.
     * @param txns          number of transactions applied from the logs.
     * @param digests       number of digests compared.
     * @param remarks       what people should know.
     */
    public record Result(Path snapshot, long zxid, long acceptedEpoch, long currentEpoch, long txns, long digests,
        List<String> remarks)
    {
    }

    /**
     * Creates an import.
     *
     * @param dataDir       of the ZooKeeper server.
     * @param dataLogDir    of the ZooKeeper server; null when none was named, and then the logs must lie
     *                      beside the snapshots.
     * @param offline       an empty replica, which will be filled.
     * @param checksDigests whether a different digest makes the import fail.
     * @param isUpToDamage  whether the history is to end where a log is damaged; if not, the import fails.
     * @param progress      receives the progress.
     * @throws IOException when the directories hold no data of ZooKeeper.
     */
    public ZooKeeperImport(final Path dataDir, final Path dataLogDir, final OfflineReplica offline,
        final boolean checksDigests, final boolean isUpToDamage, final Progress progress) throws IOException
    {
        directory = new ZooKeeperDirectory(dataDir, dataLogDir == null ? dataDir : dataLogDir);
        isLogDirNamed = dataLogDir != null;
        this.offline = offline;
        this.checksDigests = checksDigests;
        this.isUpToDamage = isUpToDamage;
        this.progress = progress;
    }

    /**
     * Loads everything.
     *
     * @return the result.
     * @throws IOException when a file cannot be read or is damaged; the message names file, offset and what is wrong.
     */
    public Result load() throws IOException
    {
        final Path snapshot = directory.snapshot();
        loadSnapshot(snapshot);
        applier = new LogApplier(offline.replica(), missing);
        final List<Path> logs = directory.logs(snapshotZxid);
        if (snapshot != null && logs.isEmpty() && !isLogDirNamed)
        {
            throw new IOException("no log lies beside " + snapshot + ", and what was written after it would be lost: " +
                "name the dataLogDir of ZooKeeper's zoo.cfg with --log-dir; where there is none, as after an export, " +
                "name the directory of the snapshot there as well");
        }
        final LogWriter writer = LogWriter.of(logs);
        replay(logs);
        if (doubt != null)
        {
            onDifference(doubt);
        }
        checkReachesSnapshot(snapshot);
        if (snapshot == null && txnCount == 0)
        {
            throw new IOException(directory.home() +
                " holds neither a whole snapshot nor a transaction: there is nothing to import" + passedOver());
        }
        if (lastZxid == 0)
        {
            throw new IOException(directory.home() +
                " is that of a server in which nothing was ever written; begin with an empty directory instead");
        }

        remarkWriter(writer == null ? LogWriter.of(directory.logs(snapshotZxid)) : writer);

        return finish(snapshot);
    }

    /**
     * Remarks that ZooKeeper is running. What was read is then complete only up to some transaction, and later ones
     * would be lost unnoticed.
     */
    private void remarkWriter(final LogWriter writer)
    {
        if (writer != null)
        {
            remarks.add("process " + writer.pid() + " has " + writer.file() + " open to write, so ZooKeeper runs: " +
                "what it writes after zxid 0x" + Long.toHexString(lastZxid) +
                " is missing here; stop it and import again");
        }
    }

    private void loadSnapshot(final Path snapshot) throws IOException
    {
        remarks.addAll(directory.passedOver());
        if (snapshot == null)
        {
            exactFromZxid = 0;
            return;
        }

        hasSnapshot = true;
        snapshotZxid = SnapshotName.snapshotZxid(snapshot);
        lastZxid = snapshotZxid;
        final SnapshotReader.End end = readSnapshot(snapshot);
        snapshotReachesZxid = end.newestZxid();
        if (end.digestZxid() > 0)
        {
            exactFromZxid = end.digestZxid();
            digestAtExactZxid = end.digest();
            compareSnapshotDigest(snapshot.toString());
        }
        else if (snapshotZxid > 0)
        {
            remarks.add(snapshot + " holds no digest, so none was compared");
        }
        else
        {
            exactFromZxid = 0;
        }
    }

    private SnapshotReader.End readSnapshot(final Path snapshot) throws IOException
    {
        try
        {
            final SnapshotReader.End end = SnapshotReader.read(snapshot, new ReplicaImage(offline.replica(), missing),
                progress);
            offline.replica().lastAppliedZxid(snapshotZxid);
            progress.onProgress("znodes", end.znodeCount());

            return end;
        }
        catch (final FileDamage ex)
        {
            throw ex;
        }
        catch (final IOException | CorruptionException ex)
        {
            throw new IOException(snapshot + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Compares the digest at the end of the snapshot when the tree has reached its zxid. The digests are equal if no
     * transaction was being applied when the snapshot's digest was written. Otherwise the snapshot may contain a part
     * of the next transaction, and the digest after that transaction decides. If the log has no next transaction, none
     * was being applied.
     */
    private void compareSnapshotDigest(final String where)
    {
        if (lastZxid == exactFromZxid)
        {
            doubt = difference(digestAtExactZxid, where);
        }
    }

    private void replay(final List<Path> logs) throws IOException
    {
        try
        {
            for (final Path log : logs)
            {
                replay(log, log.equals(logs.get(logs.size() - 1)));
            }
            refuseFalseEnd();
        }
        catch (final FileDamage ex)
        {
            endAtDamage(ex);
        }
    }

    private void endAtDamage(final FileDamage damage) throws IOException
    {
        if (!isUpToDamage)
        {
            throw new IOException(damage.getMessage() + ". Take the data of another member; of a server alone, " +
                "--up-to-damage imports what was before that", damage);
        }
        remarks.add(damage.getMessage() + "; what came after zxid 0x" + Long.toHexString(lastZxid) + " is lost");
    }

    private void refuseFalseEnd() throws FileDamage
    {
        if (falseEnd != null)
        {
            throw falseEnd;
        }
    }

    /**
     * Looks for transactions behind the place where a log seems to end. There are also some where the machine lost its
     * power and the disk had not taken all before them. Then ZooKeeper went on from there, and the next log shows it.
     */
    private void checkEnd(final LogReader log) throws IOException
    {
        final long behind = log.zxidBehindEnd(lastZxid);
        if (behind != LaterEntry.NONE)
        {
            falseEnd = log.damage("this looks like the end of the log, but transaction 0x" + Long.toHexString(behind) +
                " lies behind it, and the last one before it is 0x" + Long.toHexString(lastZxid));
        }
    }

    /** Returns what a refusal has to say of snapshots that are there and not whole. */
    private String passedOver()
    {
        return directory.passedOver().isEmpty() ? "" : " (" + String.join("; ", directory.passedOver()) + ")";
    }

    /** What ZooKeeper had applied to the tree when it wrote the snapshot must be in the log. */
    private void checkReachesSnapshot(final Path snapshot) throws IOException
    {
        if (snapshotReachesZxid > lastZxid)
        {
            throw new IOException(snapshot + " holds parts of transactions up to 0x" +
                Long.toHexString(snapshotReachesZxid) + ", but the log ends with 0x" + Long.toHexString(lastZxid) +
                ": what lies between is missing. Name ZooKeeper's dataLogDir with --log-dir; if you did, move this " +
                "snapshot away to begin with an older one");
        }
    }

    private void replay(final Path file, final boolean isLast) throws IOException
    {
        try (LogReader log = new LogReader(file))
        {
            while (log.next())
            {
                if (!applier.begin(log.payload(), log.length()))
                {
                    throw log.damage("an entry without a header");
                }
                if (applier.zxid() > lastZxid)
                {
                    apply(file, log);
                }
            }
            if (log.isTorn())
            {
                remarks.add(file + ", offset " + log.entryOffset() + ": the last entry was not written to its end" +
                    (isLast ? "; it was never acknowledged" : "; the next log goes on"));
            }
            checkEnd(log);
        }
    }

    private void apply(final Path file, final LogReader log) throws IOException
    {
        checkFollows(log);
        if (!applier.apply())
        {
            // No import may end here, because a part of the transaction may be applied.
            throw new IOException(log.damage("a transaction of type " + applier.type() + " that cannot be read")
                .getMessage());
        }

        lastZxid = applier.zxid();
        txnCount++;
        final String where = file + ", offset " + log.entryOffset();
        compareSnapshotDigest(where);
        if (lastZxid > exactFromZxid && applier.hasDigest())
        {
            checkDigest(applier.digest(), where);
        }
        if ((txnCount & PROGRESS_MASK) == 0)
        {
            progress.onProgress("transactions", txnCount);
        }
    }

    /**
     * Checks that no transaction is missing. Within an epoch, counters have no gaps, and a new epoch begins with a
     * counter of 0 or 1. Without a snapshot, the log must begin in the first epoch: ZooKeeper writes a snapshot at each
     * start, so those of a later epoch lie elsewhere.
     */
    private void checkFollows(final LogReader log) throws FileDamage
    {
        final long zxid = applier.zxid();
        final boolean isSameEpoch = Zxid.epoch(zxid) == Zxid.epoch(lastZxid);
        if (zxid != lastZxid + 1)
        {
            refuseFalseEnd();
        }
        falseEnd = null;
        final boolean lacksBeginning = !hasSnapshot && lastZxid == 0 && Zxid.epoch(zxid) > FIRST_EPOCH;
        if (lacksBeginning || (isSameEpoch ? zxid != lastZxid + 1 : Zxid.counter(zxid) > 1))
        {
            throw log.damage("the transaction 0x" + Long.toHexString(zxid) + " comes after 0x" +
                Long.toHexString(lastZxid) +
                (hasSnapshot ? "" : ", and there is no snapshot to begin with" + passedOver()) +
                ": what lies between is missing");
        }
    }

    private void checkDigest(final long expected, final String where) throws IOException
    {
        doubt = null;
        final String difference = difference(expected, where);
        if (difference != null)
        {
            onDifference(difference);
        }
    }

    /** Compares the digest of the tree with another one. Returns the difference as text, null when they are equal. */
    private String difference(final long expected, final String where)
    {
        final long digest = offline.replica().tree().digest();
        digestCount++;

        return digest == expected ? null : where + ": after zxid 0x" + Long.toHexString(lastZxid) +
            " the tree has digest 0x" + Long.toHexString(digest) + ", on ZooKeeper it had 0x" +
            Long.toHexString(expected);
    }

    private void onDifference(final String what) throws IOException
    {
        if (checksDigests)
        {
            throw new IOException(what + ". Take the data of another member, or go on all the same with " +
                "--ignore-digests");
        }
        remarks.add(what);
        exactFromZxid = Long.MAX_VALUE;
    }

    private Result finish(final Path snapshot) throws IOException
    {
        if (!missing.isEmpty())
        {
            throw new IOException(snapshot + ": " + missing.size() + " znodes have an ACL that is missing, " +
                text(missing.first()) + " for one. Begin with an older snapshot: move this one away");
        }

        final Replica replica = offline.replica();
        final OldTtlMarks oldTtls = new OldTtlMarks(replica);
        removeEphemeralsWithoutSession(oldTtls);
        if (oldTtls.remark() != null)
        {
            remarks.add(oldTtls.remark() + ": the server needs " + OldTtlMarks.KEYS + ", or they never go");
        }
        replica.lastAppliedZxid(lastZxid);
        offline.epochEnds().restart(false);
        offline.epochEnds().onLogged(lastZxid);
        final long current = Math.max(directory.epoch(ZooKeeperDirectory.CURRENT_EPOCH), Zxid.epoch(lastZxid));
        final long accepted = Math.max(directory.epoch(ZooKeeperDirectory.ACCEPTED_EPOCH), current);
        if (replica.tree().owned().firstTtl() != DataTree.NONE)
        {
            remarks.add("there are znodes with a TTL: the server needs extendedTypesEnabled=true");
        }

        return new Result(snapshot, lastZxid, SessionEpochs.above(accepted, replica.sessions()), current, txnCount,
            digestCount, List.copyOf(remarks));
    }

    private String text(final long node)
    {
        final TreeCursor cursor = new TreeCursor(offline.replica().tree());
        cursor.begin(node);
        cursor.next();

        return cursor.text();
    }

    /**
     * Removes ephemeral znodes whose session is not in the table and so has ended, as ZooKeeper does when it starts. A
     * znode that may be an old TTL znode is kept, so that it is not lost if the import was not told to read the old
     * marks.
     */
    private void removeEphemeralsWithoutSession(final OldTtlMarks oldTtls)
    {
        final DataTree tree = offline.replica().tree();
        int count = 0;
        long cursor = tree.owned().nextOwner(0);
        while (cursor != DataTree.NONE)
        {
            final long owner = tree.owned().ownerAt(cursor);
            if (offline.replica().sessions().find(owner) == null && !oldTtls.isMark(owner))
            {
                count += applier.deleteEphemerals(owner);
                cursor = tree.owned().nextOwner(0);
            }
            else
            {
                cursor = tree.owned().nextOwner(cursor);
            }
        }
        if (count > 0)
        {
            remarks.add(count + " ephemeral znodes of sessions that had ended were removed");
        }
    }
}
