/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.Invariant;

/** Numbers the znodes that one transaction creates. Owned by the tree. */
final class BirthOrder
{
    private long lastZxid;
    private int lastOrder = -1;
    private boolean isAny;

    /** Place of the next znode that is created, within its transaction. */
    int next(final long zxid)
    {
        if (isAny)
        {
            lastOrder = (lastOrder + 1) & NodeStore.ORDER_MAX;
        }
        else
        {
            Invariant.check(zxid >= lastZxid, "znodes are created out of order");
            lastOrder = zxid == lastZxid ? lastOrder + 1 : 0;
            lastZxid = zxid;
            Invariant.check(lastOrder <= NodeStore.ORDER_MAX, "a transaction creates too many znodes");
        }

        return lastOrder;
    }

    /** A znode was loaded with the place that it already has. The next znode of the same transaction comes after it. */
    void loaded(final long zxid, final int order)
    {
        if (zxid > lastZxid)
        {
            lastZxid = zxid;
            lastOrder = order;
        }
        else if (zxid == lastZxid)
        {
            lastOrder = Math.max(lastOrder, order);
        }
    }

    /** From here on zxids come in any order. So places rise whatever the zxid is, starting after the given one. */
    void inAnyOrder(final int from)
    {
        isAny = true;
        lastOrder = from & NodeStore.ORDER_MAX;
    }

    void clear()
    {
        lastZxid = 0;
        lastOrder = -1;
        isAny = false;
    }
}
