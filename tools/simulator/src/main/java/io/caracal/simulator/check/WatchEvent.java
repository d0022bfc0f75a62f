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
    static final int CREATED = 1;
    static final int DELETED = 2;
    static final int DATA_CHANGED = 3;
    static final int CHILDREN_CHANGED = 4;
    static final long CAUGHT_UP = -1;
}
