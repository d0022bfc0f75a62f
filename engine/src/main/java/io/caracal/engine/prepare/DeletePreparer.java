/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteReader;
import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.protocol.Perms;
import org.agrona.DirectBuffer;

/** Prepares delete, alone and within a multi, and the server's own removal of empty containers and TTL znodes. */
final class DeletePreparer
{
    private final Surroundings with;
    private final ZnodeState parent = new ZnodeState();
    private final ZnodeState node = new ZnodeState();

    DeletePreparer(final Surroundings surroundings)
    {
        with = surroundings;
    }

    int prepare(final DirectBuffer path, final int offset, final int length, final int expectedVersion,
        final RequestContext context)
    {
        if (length == JuteReader.NULL)
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        if (!PathRules.isSeparable(path, offset, length) || PathRules.isReserved(path, offset, length))
        {
            return ErrorCode.BAD_ARGUMENTS;
        }

        final int parentLength = PathRules.parentLength(path, offset, length);
        if (!with.changes.lookup(path, offset, parentLength, parent))
        {
            return ErrorCode.NO_NODE;
        }

        if (!with.isAllowed(parent, Perms.DELETE, context))
        {
            return ErrorCode.NO_AUTH;
        }

        if (!with.changes.lookup(path, offset, length, node))
        {
            return ErrorCode.NO_NODE;
        }

        if (!Surroundings.isVersion(node.version, expectedVersion))
        {
            return ErrorCode.BAD_VERSION;
        }

        if (node.childCount > 0)
        {
            return ErrorCode.NOT_EMPTY;
        }

        write(path, offset, length, parentLength, false);

        return ErrorCode.OK;
    }

    /**
     * Prepares the server's removal of a container or TTL znode. Refuses if the znode has changed since the reaper
     * looked at it: it is gone, has children, or is of another kind now. A znode that is changed by a transaction under
     * way is left for the reaper's next look, since its time may start again with that change.
     */
    int prepareReaped(final DirectBuffer path, final int offset, final int length)
    {
        if (!with.changes.lookup(path, offset, length, node))
        {
            return ErrorCode.NO_NODE;
        }

        if (node.childCount > 0)
        {
            return ErrorCode.NOT_EMPTY;
        }

        if (node.record != null || node.ephemeralOwner == 0 || with.isSession(node.ephemeralOwner))
        {
            return ErrorCode.BAD_VERSION;
        }

        write(path, offset, length, PathRules.parentLength(path, offset, length), true);

        return ErrorCode.OK;
    }

    private void write(final DirectBuffer path, final int offset, final int length, final int parentLength,
        final boolean reaped)
    {
        with.txn.delete(path, offset, length, reaped);
        with.changes.change(path, offset, parentLength).state.childCount--;
        with.changes.gone(with.changes.change(path, offset, length));
    }
}
