/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whether a snapshot is older than a moment. A snapshot holds no times but those of its znodes, and these do not
 * show what was deleted last. So a transaction that follows must be of before that moment, or the file itself.
 */
final class SnapshotAge
{
    private SnapshotAge()
    {
    }

    /**
     * Whether a snapshot surely holds nothing that was done later.
     *
     * @param file    the snapshot.
     * @param timeMs  the moment, in milliseconds since 1970.
     * @param applied number of transactions of up to that moment that followed the snapshot.
     * @return false also when it is not known.
     * @throws IOException when the file cannot be looked at.
     */
    static boolean isBefore(final Path file, final long timeMs, final long applied) throws IOException
    {
        return applied > 0 || Files.getLastModifiedTime(file).toMillis() <= timeMs;
    }

    /**
     * The refusal to begin with a snapshot.
     *
     * @param source what would be restored from.
     * @param zxid   the earliest state that it holds.
     * @return to be thrown.
     */
    static IOException beginsLater(final String source, final long zxid)
    {
        final String digits = Long.toHexString(zxid);

        return new IOException("the " + source + " begins later than that: at zxid 0x" + digits +
            ", or nothing shows that this was before then; --to-zxid " + digits + " restores that state");
    }
}
