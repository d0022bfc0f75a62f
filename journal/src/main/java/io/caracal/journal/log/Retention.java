/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.Removal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Decides which segments may be removed. Three must agree: the engine, whose release says up to where nobody needs the
 * history any more; the oldest snapshot that is kept, after which every record stays; and the open reads for learners.
 * Nothing is removed when the engine releases, only when the server purges. An operator who has not switched purging on
 * keeps everything, as with ZooKeeper.
 */
public final class Retention
{
    private final Path segments;
    private final Manifest manifest;
    private final Removal removal;
    private volatile long releasedZxid;

    Retention(final Path segments, final Manifest manifest, final Removal removal)
    {
        this.segments = segments;
        this.manifest = manifest;
        this.removal = removal;
    }

    void release(final long zxid)
    {
        releasedZxid = Math.max(releasedZxid, zxid);
    }

    /**
     * Removes the segments that hold nothing after the given zxids, as far as the engine has released them. Called on
     * the bulk thread.
     *
     * @param oldestSnapshotZxid of the oldest snapshot that is kept.
     * @param neededZxid         records after it are needed by an open read.
     * @return number of segments removed.
     * @throws IOException when the manifest cannot be changed.
     */
    public int forget(final long oldestSnapshotZxid, final long neededZxid) throws IOException
    {
        final long limit = Math.min(Math.min(oldestSnapshotZxid, neededZxid), releasedZxid);
        final List<SegmentEntry> before = manifest.state().segments();
        manifest.change(state -> state.forgotten(state.forgettable(limit)));

        int removed = 0;
        for (final SegmentEntry entry : before)
        {
            if (manifest.state().named(entry.ordinal()) == null)
            {
                removed += removal.tryRemove(entry.directory(segments)) ? 1 : 0;
            }
        }

        return removed;
    }
}
