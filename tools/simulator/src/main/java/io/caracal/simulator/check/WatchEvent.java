/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * A watch event as received.
 *
 * @param zxid of the transaction, or -1 when the event tells of a change missed while there was no connection.
 * @param type as on the wire.
 * @param path of the znode.
 */
public record WatchEvent(long zxid, int type, String path)
{
    /** A znode was created. */
    public static final int CREATED = 1;
    /** A znode was deleted. */
    public static final int DELETED = 2;
    /** The data of a znode were set. */
    public static final int DATA_CHANGED = 3;
    /** A znode has gained or lost a child. */
    public static final int CHILDREN_CHANGED = 4;
    /** The zxid of an event that tells of a missed change. */
    public static final long CAUGHT_UP = -1;
}
