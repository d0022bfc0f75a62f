/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.acl.AclChecker;
import io.caracal.engine.acl.AclNormalizer;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.engine.tree.TreeRoom;
import io.caracal.engine.txn.TxnWriter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What every preparer works with: the tree and its overlay, the rules of access, the quotas, the room in memory,
 * and the transaction to write.
 */
final class Surroundings
{
    /** Version in a request that accepts any version of its znode. */
    private static final int ANY_VERSION = -1;

    final ReadableTree tree;
    final OutstandingChanges changes;
    final AclChecker aclChecker;
    final AclNormalizer aclNormalizer;
    final QuotaTable quotas;
    final TreeRoom room;
    final TxnWriter txn;
    /** Path of the last change that a quota forbade; empty when none was forbidden since the request began. */
    final UnsafeBuffer refusedByQuota = new UnsafeBuffer(0, 0);
    /** Whether a change was refused for want of memory since the request began. */
    boolean isRefusedForMemory;

    Surroundings(final ReadableTree tree, final OutstandingChanges changes, final AclChecker aclChecker,
        final AclNormalizer aclNormalizer, final QuotaTable quotas, final TreeRoom room, final TxnWriter txn)
    {
        this.tree = tree;
        this.changes = changes;
        this.aclChecker = aclChecker;
        this.aclNormalizer = aclNormalizer;
        this.quotas = quotas;
        this.room = room;
        this.txn = txn;
    }

    /** A request begins. */
    void begin()
    {
        refusedByQuota.wrap(0, 0);
        isRefusedForMemory = false;
    }

    boolean isAllowed(final ZnodeState state, final int permissions, final RequestContext context)
    {
        return aclChecker.allows(tree.acls(), state.aclId, permissions, context.identities(), context.identityLimit());
    }

    boolean isSession(final long ephemeralOwner)
    {
        return tree.ownerKinds().isSession(ephemeralOwner);
    }

    /** Whether a znode has the version that a request expects. */
    static boolean isVersion(final int current, final int expected)
    {
        return expected == ANY_VERSION || expected == current;
    }

    /**
     * The version after another one. Versions wrap around and skip -1, because a request that expects -1 accepts any
     * version.
     */
    static int nextVersion(final int current)
    {
        return current == ANY_VERSION - 1 ? 0 : current + 1;
    }

    /** Turns the ACL of a request into the one to store. {@link #aclNormalizer} then holds the result. */
    int normalizeAcl(final DirectBuffer buffer, final int offset, final int length, final RequestContext context)
    {
        return aclNormalizer.normalize(buffer, offset, length, context.identities(), context.identityLimit());
    }

    /** Checks whether the hard quotas permit a change by these amounts. */
    int checkQuota(final DirectBuffer path, final int offset, final int length, final long bytes, final long count)
    {
        if (quotas.permits(path, offset, length, bytes, count))
        {
            return ErrorCode.OK;
        }
        refusedByQuota.wrap(path, offset, length);

        return ErrorCode.QUOTA_EXCEEDED;
    }

    /** The answer to a change that makes the tree grow, according to whether there is room for it. */
    int ifRoom(final boolean hasRoom)
    {
        isRefusedForMemory |= !hasRoom;

        return hasRoom ? ErrorCode.OK : ErrorCode.SYSTEM_ERROR;
    }
}
