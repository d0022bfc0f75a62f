/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

/** A record of the log. */
final class StoredRecord
{
    final long zxid;
    final long committedZxid;
    final byte[] bytes;

    StoredRecord(final long zxid, final long committedZxid, final byte[] bytes)
    {
        this.zxid = zxid;
        this.committedZxid = committedZxid;
        this.bytes = bytes;
    }
}
