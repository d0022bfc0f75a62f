/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the names of ZooKeeper's files: a zxid in hexadecimal digits and, for a snapshot, how it is packed. */
final class SnapshotName
{
    static final String GZIP = ".gz";
    static final String SNAPPY = ".snappy";

    /** Returned for any other file. */
    static final long NONE = -1;

    private static final Pattern SNAPSHOT = Pattern.compile("snapshot\\.([0-9a-f]{1,16})(\\.gz|\\.snappy)?");
    private static final Pattern LOG = Pattern.compile("log\\.([0-9a-f]{1,16})");
    private static final int HEXADECIMAL = 16;

    private SnapshotName()
    {
    }

    static long snapshotZxid(final Path file)
    {
        return zxid(SNAPSHOT, file);
    }

    static long logZxid(final Path file)
    {
        return zxid(LOG, file);
    }

    private static long zxid(final Pattern pattern, final Path file)
    {
        final Matcher name = pattern.matcher(file.getFileName().toString());

        return name.matches() ? Long.parseUnsignedLong(name.group(1), HEXADECIMAL) : NONE;
    }

    static boolean isPacked(final Path file)
    {
        final String name = file.getFileName().toString();

        return name.endsWith(GZIP) || name.endsWith(SNAPPY);
    }
}
