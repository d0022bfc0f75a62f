/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static java.nio.ByteOrder.nativeOrder;

import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The rows of durations in the counters file. Other processes can compute percentiles of any period from them: they
 * read twice and subtract. Numbers have the byte order of the machine, because only processes of the same machine read
 * them.
 *
 * <pre>
 *      0  i32  rows in use, written after the name of each
 *     64       names, 32 bytes each: ASCII, then zeros
 *    ...       rows of {@link LatencyBuckets#COUNT} times i64
 * </pre>
 */
public final class LatencyRows
{
    /** Time from arrival to reply of requests that do not go through the journal. */
    public static final String READS = "reads";
    /** Time from arrival to reply of requests that go through the journal. */
    public static final String WRITES = "writes";
    /** Time of one force of the journal. */
    public static final String FORCES = "forces";
    /** Time of one snapshot. */
    public static final String SNAPSHOTS = "snapshots";
    /** Time from a commit until its watch events are handed to the sockets. */
    public static final String WATCH_DELIVERIES = "watch_deliveries";
    /** Durations of duty cycles that were stalls. */
    public static final String STALLS = "loop_stalls";
    /** Prefix of the names of stages. */
    public static final String STAGE = "stage_";
    /** Prefix of the names of client operations. */
    public static final String OPERATION = "op_";

    /** Maximum number of rows. */
    static final int ROWS_MAX = 64;

    private static final int NAMES_OFFSET = 64;
    private static final int NAME_LENGTH = 32;
    private static final int BUCKETS_OFFSET = NAMES_OFFSET + ROWS_MAX * NAME_LENGTH;
    private static final int ROW_LENGTH = LatencyBuckets.COUNT * Long.BYTES;

    /** Length of all rows in bytes. */
    static final int LENGTH = BUCKETS_OFFSET + ROWS_MAX * ROW_LENGTH;

    private final UnsafeBuffer buffer;

    LatencyRows(final UnsafeBuffer buffer)
    {
        this.buffer = buffer;
    }

    /** Adds a row. Called by the process that created the file, while it starts. */
    LatencyRow add(final String name)
    {
        final int row = buffer.getInt(0, nativeOrder());
        if (row == ROWS_MAX || name.length() > NAME_LENGTH)
        {
            throw new IllegalStateException("no room for a row " + name + " in the counters file");
        }

        buffer.putStringWithoutLengthAscii(NAMES_OFFSET + row * NAME_LENGTH, name);
        buffer.putIntRelease(0, row + 1);

        return row(row);
    }

    /**
     * Returns the rows in use.
     *
     * @return rows by name, in the order in which they were added.
     */
    public Map<String, LatencyRow> all()
    {
        final Map<String, LatencyRow> rows = new LinkedHashMap<>();
        final int count = Math.min(buffer.getIntVolatile(0), ROWS_MAX);
        for (int row = 0; row < count; row++)
        {
            rows.put(buffer.getStringWithoutLengthAscii(NAMES_OFFSET + row * NAME_LENGTH, NAME_LENGTH).trim(),
                row(row));
        }

        return rows;
    }

    private LatencyRow row(final int row)
    {
        return new LatencyRow(new UnsafeBuffer(buffer, BUCKETS_OFFSET + row * ROW_LENGTH, ROW_LENGTH));
    }
}
