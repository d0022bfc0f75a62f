/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import java.util.ArrayList;
import java.util.List;

/** A snapshot, under way or published. */
final class StoredSnapshot
{
    final long zxid;
    final List<byte[]> records = new ArrayList<>();
    long byteCount;
    long digest;
    boolean isFinished;
    boolean isDamaged;

    StoredSnapshot(final long zxid)
    {
        this.zxid = zxid;
    }
}
