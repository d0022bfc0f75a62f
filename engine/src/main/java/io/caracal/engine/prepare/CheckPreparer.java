/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.protocol.CheckRequestDecoder;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.protocol.Perms;

/** Prepares check, which exists only within a multi. */
final class CheckPreparer
{
    private final Surroundings with;
    private final ZnodeState node = new ZnodeState();

    CheckPreparer(final Surroundings surroundings)
    {
        with = surroundings;
    }

    int prepare(final CheckRequestDecoder request, final RequestContext context)
    {
        if (!PathRules.isValid(request.buffer(), request.pathOffset(), request.pathLength()))
        {
            return ErrorCode.BAD_ARGUMENTS;
        }

        if (!with.changes.lookup(request.buffer(), request.pathOffset(), request.pathLength(), node))
        {
            return ErrorCode.NO_NODE;
        }

        if (!with.isAllowed(node, Perms.READ, context))
        {
            return ErrorCode.NO_AUTH;
        }

        if (!Surroundings.isVersion(node.version, request.version()))
        {
            return ErrorCode.BAD_VERSION;
        }

        with.txn.check();

        return ErrorCode.OK;
    }
}
