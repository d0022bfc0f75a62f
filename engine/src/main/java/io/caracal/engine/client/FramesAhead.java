/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.RequestHeaderDecoder;
import io.caracal.engine.tree.LookAhead;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Looks at frames that have arrived but are not taken yet, and has the tree prefetch the znodes that they concern, all
 * at the same time instead of one after the other. This serves speed only; the results are used for nothing else.
 */
final class FramesAhead
{
    private static final int PREFIX_LENGTH = Integer.BYTES;
    private static final int OP_CODE = PREFIX_LENGTH + Integer.BYTES;
    private static final int PATH_LENGTH = PREFIX_LENGTH + RequestHeaderDecoder.LENGTH;
    private static final int PATH = PATH_LENGTH + Integer.BYTES;

    private final LookAhead tree;

    FramesAhead(final LookAhead tree)
    {
        this.tree = tree;
    }

    /**
     * Looks at the next frames, whatever they contain.
     *
     * @return where the first frame begins that was not looked at; the limit if there is none.
     */
    int look(final DirectBuffer buffer, final int offset, final int limit)
    {
        if (!tree.isWorthwhile())
        {
            return limit;
        }

        int at = offset;
        for (int i = 0; i < LookAhead.PATHS_MAX && at < limit; i++)
        {
            at = next(buffer, at, limit);
        }
        tree.touch();

        return at;
    }

    private int next(final DirectBuffer buffer, final int at, final int limit)
    {
        if (limit - at < PREFIX_LENGTH)
        {
            return limit;
        }

        final int length = buffer.getInt(at, ByteOrder.BIG_ENDIAN);
        if (length < 0 || length > limit - at - PREFIX_LENGTH)
        {
            return limit;
        }

        if (length >= PATH - PREFIX_LENGTH)
        {
            addPath(buffer, at, length);
        }

        return at + PREFIX_LENGTH + length;
    }

    private void addPath(final DirectBuffer buffer, final int at, final int length)
    {
        final int pathLength = buffer.getInt(at + PATH_LENGTH, ByteOrder.BIG_ENDIAN);
        if (pathLength <= PREFIX_LENGTH + length - PATH && beginsWithPath(buffer.getInt(at + OP_CODE,
            ByteOrder.BIG_ENDIAN)))
        {
            tree.add(buffer, at + PATH, pathLength);
        }
    }

    /** Whether the request begins with the path of the znode that it concerns. */
    private static boolean beginsWithPath(final int opCode)
    {
        return switch (opCode)
        {
            case OpCode.GET_DATA, OpCode.EXISTS, OpCode.SET_DATA, OpCode.DELETE, OpCode.GET_CHILDREN,
                OpCode.GET_CHILDREN2, OpCode.GET_ACL, OpCode.SET_ACL -> true;
            default -> false;
        };
    }
}
