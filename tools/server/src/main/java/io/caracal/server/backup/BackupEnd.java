/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.apply.Outcome;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.TxnHeaderDecoder;
import io.caracal.journal.log.StoredLog;
import io.caracal.journal.snapshot.StoredSnapshots;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Looks for the end of a backup in the log of a server. Zxids alone do not tell whether it is there, because each
 * ensemble counts in the same way: the checksum of the transaction must be the same. For a backup that ends with a
 * snapshot it may not be known; then the digest of the snapshot must be the one that a later transaction recorded.
 */
final class BackupEnd
{
    private final Path directory;
    private final BackupCatalog catalog;
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final TxnHeaderDecoder header = new TxnHeaderDecoder();
    private boolean hasCommitted;
    private boolean hasLast;
    private boolean hasOther;
    private boolean isPast;
    private boolean isDigestSeen;
    private long digest;

    /** What was found. */
    enum Finding
    {
        /** The last transaction of the backup. */
        SAME,
        /** A transaction of that zxid, and nothing that shows whether it is the same. */
        NOT_SHOWN,
        /** All that surely was committed, and then something else than the rest of the backup. */
        GIVEN_UP,
        /** All that surely was committed, and then perhaps a part of the rest. */
        SHORTER,
        /** Another history. */
        OTHER
    }

    BackupEnd(final Path directory, final BackupCatalog catalog)
    {
        this.directory = directory;
        this.catalog = catalog;
    }

    /** Looks into a log that begins before the end of the backup. */
    Finding findIn(final StoredLog log) throws IOException
    {
        final long before = catalog.committed().isKnown() ? catalog.committed().zxid() - 1 : log.baseZxid();
        log.read(log.beginFor(before),
            new LogRecords((zxid, committedZxid, buffer, offset, length) -> look(zxid, buffer, offset, length)),
            () -> !isPast || !(catalog.last().isKnown() || isDigestSeen));
        if (hasOther)
        {
            return Finding.OTHER;
        }
        if (!hasLast)
        {
            return hasCommitted && isUncommittedOnly() ? isPast ? Finding.GIVEN_UP : Finding.SHORTER : Finding.OTHER;
        }
        if (catalog.last().isKnown() || !isPast)
        {
            return Finding.SAME;
        }

        return isDigestSeen ? compareDigest() : Finding.NOT_SHOWN;
    }

    private void look(final long zxid, final DirectBuffer buffer, final int offset, final int length)
    {
        if (zxid == catalog.committed().zxid() && catalog.committed().isKnown())
        {
            hasCommitted = BackupLogs.crc(buffer, offset, length) == catalog.committed().crc();
            hasOther |= !hasCommitted;
        }
        if (zxid == catalog.lastZxid())
        {
            hasLast = true;
            hasOther |= catalog.last().isKnown() && BackupLogs.crc(buffer, offset, length) != catalog.last().crc();
        }
        if (zxid > catalog.lastZxid())
        {
            isPast = true;
            lookForDigest(buffer, offset);
        }
    }

    private void lookForDigest(final DirectBuffer buffer, final int offset)
    {
        header.wrapAndApplyHeader(buffer, offset, messageHeader);
        if (!isDigestSeen && header.digestZxid() == catalog.lastZxid() && header.digestZxid() != Outcome.NO_DIGEST)
        {
            isDigestSeen = true;
            digest = header.digest();
        }
    }

    /** What a snapshot holds was committed, so the backup must not be cut back to before one. */
    private boolean isUncommittedOnly()
    {
        return catalog.snapshots().stream().noneMatch(snapshot -> snapshot.zxid() > catalog.committed().zxid());
    }

    private Finding compareDigest() throws IOException
    {
        if (!catalog.hasSnapshot(catalog.lastZxid()))
        {
            return Finding.NOT_SHOWN;
        }

        final long[] own = new long[1];
        StoredSnapshots.read(directory.resolve(new BackupCatalog.Snapshot(catalog.lastZxid(), 0).name()),
            new CheckOnly()
            {
                @Override
                public void onLoadEnd(final long zxid, final long recordCount, final long ofSnapshot)
                {
                    own[0] = ofSnapshot;
                }
            });

        return own[0] == digest ? Finding.SAME : own[0] == 0 ? Finding.NOT_SHOWN : Finding.OTHER;
    }
}
