/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.Invariant;

/** Gives each znode its place among those that the same transaction creates. Owned by the tree. */
final class BirthOrder
{
    private long lastZxid;
    private int lastOrder = -1;
    private boolean isAny;

    /** Place of the next znode that is created. */
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

    /** A znode was loaded that has a place already: the next one of the same transaction comes after it. */
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

    /** From here on zxids come in any order, so places rise without regard to them, from a given one on. */
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
