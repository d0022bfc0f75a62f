/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.SetDataRequestDecoder;
import org.agrona.DirectBuffer;

/** Prepares setData, alone and within a multi. */
final class SetDataPreparer
{
    private static final int CONFIG_VERSION = -1;

    private final Surroundings with;
    private final ZnodeState node = new ZnodeState();

    SetDataPreparer(final Surroundings surroundings)
    {
        with = surroundings;
    }

    int prepare(final SetDataRequestDecoder request, final RequestContext context)
    {
        if (request.pathLength() < 1)
        {
            return ErrorCode.BAD_ARGUMENTS;
        }

        if (!with.changes.lookup(request.buffer(), request.pathOffset(), request.pathLength(), node))
        {
            // No znode has an invalid path, so the path has to be checked only when there is no znode.
            return PathRules.isValid(request.buffer(), request.pathOffset(), request.pathLength()) ?
                ErrorCode.NO_NODE : ErrorCode.BAD_ARGUMENTS;
        }

        if (!with.isAllowed(node, Perms.WRITE, context))
        {
            return ErrorCode.NO_AUTH;
        }

        final int error = checkQuota(request);
        if (error != ErrorCode.OK)
        {
            return error;
        }

        if (!Surroundings.isVersion(node.version, request.version()))
        {
            return ErrorCode.BAD_VERSION;
        }

        final int lack = checkRoom(request);
        if (lack == ErrorCode.OK)
        {
            write(request);
        }

        return lack;
    }

    /**
     * Prepares the text that describes the members, which the server itself writes. The version of its znode stays -1.
     */
    void prepareConfig(final DirectBuffer path, final int pathLength, final DirectBuffer text, final int textLength)
    {
        with.txn.setData(path, 0, pathLength, text, 0, textLength, CONFIG_VERSION);
        final ZnodeState state = with.changes.change(path, 0, pathLength).state;
        state.version = CONFIG_VERSION;
        state.dataLength = textLength;
    }

    private int checkQuota(final SetDataRequestDecoder request)
    {
        final int before = Math.max(0, node.dataLength);
        final int after = Math.max(0, request.dataLength());

        return before == after ? ErrorCode.OK : with.checkQuota(request.buffer(), request.pathOffset(),
            request.pathLength(), after - before, 0);
    }

    /** Data that is not longer than before is always taken, so that a full server can still be worked with. */
    private int checkRoom(final SetDataRequestDecoder request)
    {
        final int more = request.dataLength() - Math.max(0, node.dataLength);

        return with.ifRoom(more <= 0 || with.room.permits(more));
    }

    private void write(final SetDataRequestDecoder request)
    {
        final int newVersion = Surroundings.nextVersion(node.version);
        with.txn.setData(request.buffer(), request.pathOffset(), request.pathLength(), request.buffer(),
            request.dataOffset(), request.dataLength(), newVersion);

        final ZnodeState state = with.changes.changeKnown(request.buffer(), request.pathOffset(),
            request.pathLength(), node).state;
        state.version = newVersion;
        state.dataLength = request.dataLength();
    }
}
