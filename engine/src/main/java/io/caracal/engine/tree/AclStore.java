/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.memory.Slab;

/**
 * Records of the {@link AclTable}.
 *
 * <pre>
 *    0  references    4  hash    8  next in the chain of its hash    12  length    16  block    20  walk
 *   24  permissions of everyone    28  stamp of the client judged last    36  permissions of that client
 * </pre>
 */
final class AclStore implements Chains, AutoCloseable
{
    private static final int REFERENCES = 0;
    private static final int HASH = 4;
    private static final int CHAIN_NEXT = 8;
    private static final int LENGTH = 12;
    private static final int BLOCK = 16;
    private static final int WALK = 20;
    private static final int OPEN_PERMISSIONS = 24;
    private static final int JUDGED_STAMP = 28;
    private static final int JUDGED_PERMISSIONS = 36;
    private static final int RECORD_LENGTH = 40;

    private final Slab slab;

    AclStore(final MemoryLedger ledger)
    {
        slab = new Slab(ledger, MemoryTag.ACLS, RECORD_LENGTH);
    }

    int allocate(final int hash, final int length, final int block, final int openPermissions)
    {
        final int id = slab.allocate();
        putInt(id, REFERENCES, 1);
        putInt(id, HASH, hash);
        putInt(id, CHAIN_NEXT, Slab.NONE);
        putInt(id, LENGTH, length);
        putInt(id, BLOCK, block);
        putInt(id, WALK, 0);
        putInt(id, OPEN_PERMISSIONS, openPermissions);
        judged(id, AclTable.NOBODY, 0);

        return id;
    }

    void free(final int id)
    {
        slab.free(id);
    }

    long count()
    {
        return slab.count();
    }

    private int getInt(final int id, final int field)
    {
        return slab.buffer(id).getInt(slab.offset(id) + field);
    }

    private void putInt(final int id, final int field, final int value)
    {
        slab.buffer(id).putInt(slab.offset(id) + field, value);
    }

    int references(final int id)
    {
        return getInt(id, REFERENCES);
    }

    void references(final int id, final int count)
    {
        putInt(id, REFERENCES, count);
    }

    int length(final int id)
    {
        return getInt(id, LENGTH);
    }

    int block(final int id)
    {
        return getInt(id, BLOCK);
    }

    int openPermissions(final int id)
    {
        return getInt(id, OPEN_PERMISSIONS);
    }

    long judgedStamp(final int id)
    {
        return slab.buffer(id).getLong(slab.offset(id) + JUDGED_STAMP);
    }

    int judgedPermissions(final int id)
    {
        return getInt(id, JUDGED_PERMISSIONS);
    }

    void judged(final int id, final long stamp, final int permissions)
    {
        slab.buffer(id).putLong(slab.offset(id) + JUDGED_STAMP, stamp);
        putInt(id, JUDGED_PERMISSIONS, permissions);
    }

    int walk(final int id)
    {
        return getInt(id, WALK);
    }

    void walk(final int id, final int walk)
    {
        putInt(id, WALK, walk);
    }

    @Override
    public int hash(final int id)
    {
        return getInt(id, HASH);
    }

    @Override
    public int chainNext(final int id)
    {
        return getInt(id, CHAIN_NEXT);
    }

    @Override
    public void chainNext(final int id, final int next)
    {
        putInt(id, CHAIN_NEXT, next);
    }

    void clear()
    {
        slab.clear();
    }

    @Override
    public void close()
    {
        slab.close();
    }
}
