/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.IOException;

/**
 * The sixty bytes that a ZooKeeper snapshot stores for a znode in addition to data and ACL. One instance is reused for
 * all znodes.
 */
final class StoredStat
{
    long czxid;
    long mzxid;
    long ctimeMs;
    long mtimeMs;
    int version;
    int cversion;
    int aversion;
    long ephemeralOwner;
    long pzxid;

    void read(final FileInput in) throws IOException
    {
        czxid = in.readLong();
        mzxid = in.readLong();
        ctimeMs = in.readLong();
        mtimeMs = in.readLong();
        version = in.readInt();
        cversion = in.readInt();
        aversion = in.readInt();
        ephemeralOwner = in.readLong();
        pzxid = in.readLong();
    }
}
