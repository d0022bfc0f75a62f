/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static java.nio.ByteOrder.nativeOrder;

import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows of durations in the counters file, so that other processes can tell percentiles of any stretch of time: they
 * read twice and subtract. Numbers are those of the machine, since only processes of the same one read them.
 *
 * <pre>
 *      0  i32  rows in use, written after the name of each
 *     64       names, 32 bytes each: ASCII, then zeros
 *    ...       rows of {@link LatencyBuckets#COUNT} times i64
 * </pre>
 */
public final class LatencyRows
{
    /** Time from arrival to reply of what does not go through the journal. */
    public static final String READS = "reads";
    /** Time from arrival to reply of what goes through the journal. */
    public static final String WRITES = "writes";
    /** Time of one force of the journal. */
    public static final String FORCES = "forces";
    /** Time of one snapshot. */
    public static final String SNAPSHOTS = "snapshots";
    /** Time from a commit to its watch events being handed to the sockets. */
    public static final String WATCH_DELIVERIES = "watch_deliveries";
    /** Duty cycles that kept everybody waiting. */
    public static final String STALLS = "loop_stalls";
    /** Begins the names of stages of transactions. */
    public static final String STAGE = "stage_";
    /** Begins the names of operations of clients. */
    public static final String OPERATION = "op_";

    /** Most rows. */
    static final int ROWS_MAX = 64;

    private static final int NAMES_OFFSET = 64;
    private static final int NAME_LENGTH = 32;
    private static final int BUCKETS_OFFSET = NAMES_OFFSET + ROWS_MAX * NAME_LENGTH;
    private static final int ROW_LENGTH = LatencyBuckets.COUNT * Long.BYTES;

    /** Bytes that all rows take. */
    static final int LENGTH = BUCKETS_OFFSET + ROWS_MAX * ROW_LENGTH;

    private final UnsafeBuffer buffer;

    LatencyRows(final UnsafeBuffer buffer)
    {
        this.buffer = buffer;
    }

    /** Begins a row; by the process that created the file, while it starts. */
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
     * The rows that there are.
     *
     * @return rows by name, in the order in which they were begun.
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
