/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.tree.Words;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A znode that proposed transactions change, with the state that it will have. Pooled; owned by
 * {@link OutstandingChanges}.
 */
final class Change
{
    final ZnodeState state = new ZnodeState();
    UnsafeBuffer path;
    int pathLength;
    int hash;
    long lastZxid;
    long request;
    Change nextInBucket;
    Change previousLive;
    Change nextLive;
    Change previousOwned;
    Change nextOwned;

    boolean isAt(final int otherHash, final DirectBuffer otherPath, final int offset, final int length)
    {
        if (hash != otherHash || pathLength != length)
        {
            return false;
        }

        return Words.equal(path, 0, otherPath, offset, length);
    }
}
