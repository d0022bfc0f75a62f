/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.SetAclRequestDecoder;
import org.agrona.DirectBuffer;

/** Prepares setACL. */
final class SetAclPreparer
{
    private final Surroundings with;
    private final ZnodeState node = new ZnodeState();

    SetAclPreparer(final Surroundings surroundings)
    {
        with = surroundings;
    }

    int prepare(final SetAclRequestDecoder request, final RequestContext context)
    {
        if (!PathRules.isValid(request.buffer(), request.pathOffset(), request.pathLength()))
        {
            return ErrorCode.BAD_ARGUMENTS;
        }

        final int error = with.normalizeAcl(request.buffer(), request.aclOffset(), request.aclLength(), context);
        if (error != ErrorCode.OK)
        {
            return error;
        }

        if (!with.changes.lookup(request.buffer(), request.pathOffset(), request.pathLength(), node))
        {
            return ErrorCode.NO_NODE;
        }

        if (!with.isAllowed(node, Perms.ADMIN, context))
        {
            return ErrorCode.NO_AUTH;
        }

        if (!Surroundings.isVersion(node.aversion, request.version()))
        {
            return ErrorCode.BAD_VERSION;
        }

        final int lack = checkRoom();
        if (lack == ErrorCode.OK)
        {
            write(request);
        }

        return lack;
    }

    /** A list that some znode has already takes no more memory. */
    private int checkRoom()
    {
        final int length = with.aclNormalizer.length();

        return with.ifRoom(with.room.permitsList(length) || with.tree.acls().isKept(with.aclNormalizer.acl(), 0,
            length));
    }

    private void write(final SetAclRequestDecoder request)
    {
        final DirectBuffer acl = with.aclNormalizer.acl();
        final int aclLength = with.aclNormalizer.length();
        final int newAversion = Surroundings.nextVersion(node.aversion);
        with.txn.setAcl(request.buffer(), request.pathOffset(), request.pathLength(), acl, 0, aclLength, newAversion);

        final Change change = with.changes.change(request.buffer(), request.pathOffset(), request.pathLength());
        final int aclId = with.tree.acls().intern(acl, 0, aclLength);
        with.changes.acl(change, aclId);
        with.tree.acls().release(aclId);
        change.state.aversion = newAversion;
    }
}
