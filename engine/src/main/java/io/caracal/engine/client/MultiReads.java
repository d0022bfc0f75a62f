/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.apply.StatWriter;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.MultiRequestDecoder;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.PathWatchRequestDecoder;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.ReplyLength;
import io.caracal.engine.tree.DataTree;
import org.agrona.DirectBuffer;

/** Answers multiRead: each part by itself, all parts from one state. */
final class MultiReads
{
    private final Replica replica;
    private final DataTree tree;
    private final ZnodeReads znodes;
    private final ZnodeLists lists;
    private final Responder responder;
    private final MultiRequestDecoder request = MultiRequestDecoder.ofReads();

    MultiReads(final Replica replica, final ZnodeReads znodes, final Responder responder)
    {
        this.replica = replica;
        this.znodes = znodes;
        this.responder = responder;
        tree = replica.tree();
        lists = new ZnodeLists(tree);
    }

    void elementLengthMax(final int lengthMax)
    {
        request.elementLengthMax(lengthMax);
    }

    int execute(final ClientConnection connection, final DirectBuffer buffer, final int offset, final int length)
    {
        final boolean isSound = request.wrap(buffer, offset, length);
        final long partsLength = isSound ? measure(connection) : 0;
        final JuteWriter body = responder.begin(ReplyLength.ofMulti(partsLength), replica.lastAppliedZxid(),
            isSound ? ErrorCode.OK : ErrorCode.MARSHALLING_ERROR);
        if (body != null)
        {
            if (isSound)
            {
                write(connection, body);
            }
            responder.encoder().endOfParts();
            responder.end();
        }

        return ErrorCode.OK;
    }

    private long measure(final ClientConnection connection)
    {
        long length = 0;
        request.rewind();
        while (request.next())
        {
            final long node = find(request.read());
            if (errorOf(connection, node) != ErrorCode.OK)
            {
                length += ReplyLength.ERROR_PART;
            }
            else if (request.opCode() == OpCode.GET_DATA)
            {
                length += ReplyLength.ofRangeAndStatPart(tree.dataLength(node));
            }
            else
            {
                length += ReplyLength.ofStringsPart(tree.childCount(node), lists.childNameBytes(node));
            }
        }

        return length;
    }

    private void write(final ClientConnection connection, final JuteWriter body)
    {
        request.rewind();
        while (request.next())
        {
            final long node = find(request.read());
            final int error = errorOf(connection, node);
            if (error == ErrorCode.OK)
            {
                writePart(body, node);
            }
            else
            {
                responder.encoder().errorPart(error);
            }
        }
    }

    private void writePart(final JuteWriter body, final long node)
    {
        responder.encoder().part(request.opCode(), ErrorCode.OK);
        if (request.opCode() == OpCode.GET_DATA)
        {
            lists.writeData(body, node, tree.dataLength(node));
            StatWriter.write(responder.encoder().stat(), tree, node);
        }
        else
        {
            lists.writeChildren(body, node);
        }
    }

    private long find(final PathWatchRequestDecoder part)
    {
        return tree.find(part.buffer(), part.pathOffset(), part.pathLength());
    }

    private int errorOf(final ClientConnection connection, final long node)
    {
        if (node == DataTree.NONE)
        {
            return ErrorCode.NO_NODE;
        }

        return znodes.isAllowed(connection, node, Perms.READ) ? ErrorCode.OK : ErrorCode.NO_AUTH;
    }
}
