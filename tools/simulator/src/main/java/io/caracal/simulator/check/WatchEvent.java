/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * A watch event as it came.
 *
 * @param zxid of the transaction, -1 when it tells what was missed while there was no connection.
 * @param type as on the wire.
 * @param path of the znode.
 */
public record WatchEvent(long zxid, int type, String path)
{
    /** A znode was born. */
    public static final int CREATED = 1;
    /** A znode is gone. */
    public static final int DELETED = 2;
    /** A znode has new data. */
    public static final int DATA_CHANGED = 3;
    /** A znode has a child more or less. */
    public static final int CHILDREN_CHANGED = 4;
    /** Zxid of an event that tells what was missed. */
    public static final long CAUGHT_UP = -1;
}
