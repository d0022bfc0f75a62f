/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.inspect;

import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.log.StoredLog;
import io.caracal.server.backup.StoredBackup;
import java.io.IOException;
import java.util.List;

/** Transactions to inspect: those of a server's log, or those of a backup. */
interface History
{
    /** Last zxid before the first transaction. */
    long baseZxid();

    /** Where to begin to read what comes after a zxid, which may be any. */
    long beginFor(long zxid);

    /** Zxid of the newest snapshot, 0 when there is none. */
    long snapshotZxid();

    /** A line about each file of transactions. */
    List<String> parts();

    /** Delivers the transactions after a zxid. */
    void read(long afterZxid, ReplayHandler handler, StoredLog.Sight sight) throws IOException;

    /** Of a server. */
    record OfServer(StoredLog log) implements History
    {
        @Override
        public long baseZxid()
        {
            return log.baseZxid();
        }

        @Override
        public long beginFor(final long zxid)
        {
            return log.beginFor(zxid);
        }

        @Override
        public long snapshotZxid()
        {
            return log.snapshotZxid();
        }

        @Override
        public List<String> parts()
        {
            return log.segments().stream().map(OfServer::text).toList();
        }

        private static String text(final StoredLog.SegmentFile segment)
        {
            return "segment " + segment.ordinal() + " after 0x" + Long.toHexString(segment.baseZxid()) + " " +
                (segment.isOpen() ? "open, " + segment.length() + " bytes reserved" :
                    "up to 0x" + Long.toHexString(segment.lastZxid()) + ", " + segment.length() + " bytes") +
                " " + segment.file();
        }

        @Override
        public void read(final long afterZxid, final ReplayHandler handler, final StoredLog.Sight sight)
            throws IOException
        {
            log.read(afterZxid, handler, sight);
        }
    }

    /** Of a backup. */
    record OfBackup(StoredBackup backup) implements History
    {
        @Override
        public long baseZxid()
        {
            return backup.baseZxid();
        }

        @Override
        public long beginFor(final long zxid)
        {
            return zxid;
        }

        @Override
        public long snapshotZxid()
        {
            return backup.snapshotZxid();
        }

        @Override
        public List<String> parts()
        {
            return backup.logs().stream().map(Object::toString).toList();
        }

        @Override
        public void read(final long afterZxid, final ReplayHandler handler, final StoredLog.Sight sight)
            throws IOException
        {
            backup.read(afterZxid, handler, sight);
        }
    }
}
