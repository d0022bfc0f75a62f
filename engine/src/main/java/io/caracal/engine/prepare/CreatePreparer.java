/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.protocol.CreateMode;
import io.caracal.engine.protocol.CreateRequestDecoder;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteReader;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.SequenceSuffix;
import io.caracal.engine.tree.EphemeralOwner;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Prepares create, create2, createContainer and createTTL, alone and within a multi. The first check that fails decides
 * the error.
 */
final class CreatePreparer
{
    private final Surroundings with;
    private final boolean extendedTypes;
    private final ZnodeState parent = new ZnodeState();
    private final ZnodeState existing = new ZnodeState();
    private final MutableDirectBuffer path = new ExpandableArrayBuffer(1024);
    private int pathLength;
    private int parentLength;

    CreatePreparer(final Surroundings surroundings, final boolean extendedTypes)
    {
        with = surroundings;
        this.extendedTypes = extendedTypes;
    }

    int prepare(final int opCode, final CreateRequestDecoder request, final RequestContext context)
    {
        final int error = checkKind(opCode, request);

        return error == ErrorCode.OK ? prepareKnown(opCode, request, context) : error;
    }

    /** Like {@link #prepare}, for a request that has already passed {@link #checkKind}. */
    int prepareKnown(final int opCode, final CreateRequestDecoder request, final RequestContext context)
    {
        int error = checkPathAndAcl(request, context);
        if (error == ErrorCode.OK)
        {
            error = checkParent(request, context);
        }
        if (error == ErrorCode.OK)
        {
            error = checkNode(request);
        }
        if (error == ErrorCode.OK)
        {
            write(opCode, request, context);
        }

        return error;
    }

    /**
     * Checks that the flags are known, and that those of a time to live come with the opcode that carries one. The
     * opcode alone makes a container, as in ZooKeeper: the container flag has no effect with another opcode, and no
     * other flag keeps createContainer from making one.
     */
    int checkKind(final int opCode, final CreateRequestDecoder request)
    {
        if (!CreateMode.isKnown(request.flags()))
        {
            return ErrorCode.BAD_ARGUMENTS;
        }

        final boolean isTtl = CreateMode.isTtl(request.flags());
        if (isTtl && !extendedTypes)
        {
            return ErrorCode.UNIMPLEMENTED;
        }

        if (isTtl != (opCode == OpCode.CREATE_TTL))
        {
            return ErrorCode.BAD_ARGUMENTS;
        }

        return isTtl && !with.tree.ownerKinds().isTtlInRange(request.ttlMs()) ? ErrorCode.BAD_ARGUMENTS :
            ErrorCode.OK;
    }

    private int checkPathAndAcl(final CreateRequestDecoder request, final RequestContext context)
    {
        if (request.pathLength() == JuteReader.NULL)
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        if (!PathRules.isSeparable(request.buffer(), request.pathOffset(), request.pathLength()))
        {
            return ErrorCode.BAD_ARGUMENTS;
        }

        return with.normalizeAcl(request.buffer(), request.aclOffset(), request.aclLength(), context);
    }

    private int checkParent(final CreateRequestDecoder request, final RequestContext context)
    {
        parentLength = PathRules.parentLength(request.buffer(), request.pathOffset(), request.pathLength());
        if (!with.changes.lookup(request.buffer(), request.pathOffset(), parentLength, parent))
        {
            return ErrorCode.NO_NODE;
        }

        return with.isAllowed(parent, Perms.CREATE, context) ? ErrorCode.OK : ErrorCode.NO_AUTH;
    }

    private int checkNode(final CreateRequestDecoder request)
    {
        pathLength = request.pathLength();
        path.putBytes(0, request.buffer(), request.pathOffset(), pathLength);
        if (CreateMode.isSequential(request.flags()))
        {
            pathLength += SequenceSuffix.encode(parent.cversion, path, pathLength);
        }

        if (!PathRules.isValid(path, 0, pathLength))
        {
            return ErrorCode.BAD_ARGUMENTS;
        }

        if (with.changes.lookup(path, 0, pathLength, existing))
        {
            return ErrorCode.NODE_EXISTS;
        }

        if (with.isSession(parent.ephemeralOwner))
        {
            return ErrorCode.NO_CHILDREN_FOR_EPHEMERALS;
        }

        final int error = with.checkQuota(path, 0, pathLength, Math.max(0, request.dataLength()), 1);

        return error == ErrorCode.OK ? with.ifRoom(with.room.permitsZnode(request.dataLength())) : error;
    }

    private void write(final int opCode, final CreateRequestDecoder request, final RequestContext context)
    {
        final long owner = ownerOf(opCode, request, context);
        final int parentCversion = parent.cversion + 1;
        with.txn.create(path, 0, pathLength, with.aclNormalizer.acl(), 0, with.aclNormalizer.length(), request.buffer(),
            request.dataOffset(), request.dataLength(),
            owner, parentCversion, opCode != OpCode.CREATE);

        final Change parentChange = with.changes.change(path, 0, parentLength);
        parentChange.state.childCount++;
        parentChange.state.cversion = parentCversion;

        final int aclId = with.tree.acls().intern(with.aclNormalizer.acl(), 0, with.aclNormalizer.length());
        with.changes.born(with.changes.change(path, 0, pathLength), aclId, request.dataLength(), owner);
        with.tree.acls().release(aclId);
    }

    private long ownerOf(final int opCode, final CreateRequestDecoder request, final RequestContext context)
    {
        if (opCode == OpCode.CREATE_CONTAINER)
        {
            return EphemeralOwner.CONTAINER;
        }

        if (CreateMode.isEphemeral(request.flags()))
        {
            return context.sessionId();
        }

        return CreateMode.isTtl(request.flags()) ? with.tree.ownerKinds().ttl(request.ttlMs()) : 0;
    }
}
