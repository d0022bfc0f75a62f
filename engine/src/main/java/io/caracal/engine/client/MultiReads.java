/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteReader;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.MultiRequestDecoder;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.PathWatchRequestDecoder;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.ReplyLength;
import io.caracal.engine.tree.ReadableTree;
import org.agrona.DirectBuffer;

/** Answers multiRead requests. Each part succeeds or fails by itself; all parts see the same state. */
final class MultiReads
{
    private final Replica replica;
    private final ReadableTree tree;
    private final ZnodeReads znodes;
    private final ZnodeLists lists;
    private final Responder responder;
    private final EventSink events;
    private final MultiRequestDecoder request = MultiRequestDecoder.ofReads();
    private final MultiRequestDecoder writes = MultiRequestDecoder.ofMisplacedWrites();
    private int error;

    MultiReads(final Replica replica, final ZnodeReads znodes, final Responder responder, final EventSink events)
    {
        this.replica = replica;
        this.znodes = znodes;
        this.responder = responder;
        this.events = events;
        tree = replica.tree();
        lists = new ZnodeLists(tree, responder.share());
    }

    void elementLengthMax(final int lengthMax)
    {
        request.elementLengthMax(lengthMax);
        writes.elementLengthMax(lengthMax);
    }

    /** Answers a request. A part with a null path ends it with an error, after the results of the parts before it. */
    int execute(final ClientConnection connection, final DirectBuffer buffer, final int offset, final int length)
    {
        if (!request.wrap(buffer, offset, length))
        {
            return writes.wrap(buffer, offset, length) ? answerWrites() : ErrorCode.MARSHALLING_ERROR;
        }

        final long partsLength = measure(connection);
        final JuteWriter body = responder.begin(ReplyLength.ofMulti(partsLength), replica.lastAppliedZxid(), error);
        if (body != null)
        {
            write(connection, body);
            responder.encoder().endOfParts();
            responder.end();
        }

        return ErrorCode.OK;
    }

    /** Answers a request whose parts are well-formed but are writes: an error with an empty list of results. */
    private int answerWrites()
    {
        if (responder.begin(ReplyLength.EMPTY_MULTI, replica.lastAppliedZxid(), ErrorCode.MARSHALLING_ERROR) != null)
        {
            responder.encoder().endOfParts();
            responder.end();
        }

        return ErrorCode.OK;
    }

    /**
     * Measures the reply. Stops early once it is too long for any frame: a short request may ask for a large znode, or
     * for one with very many children, any number of times.
     */
    private long measure(final ClientConnection connection)
    {
        long length = 0;
        error = ErrorCode.OK;
        request.rewind();
        while (length <= responder.lengthMax() && nextReadable())
        {
            length += lengthOfPart(connection, find(request.read()), responder.lengthMax() - length);
        }

        return length;
    }

    private boolean nextReadable()
    {
        final boolean isNext = request.next();
        if (isNext && request.read().pathLength() == JuteReader.NULL)
        {
            error = ErrorCode.MARSHALLING_ERROR;
            return false;
        }

        return isNext;
    }

    private long lengthOfPart(final ClientConnection connection, final long node, final long lengthMax)
    {
        if (errorOf(connection, node) != ErrorCode.OK)
        {
            return ReplyLength.ERROR_PART;
        }

        return request.opCode() == OpCode.GET_DATA ? ReplyLength.ofRangeAndStatPart(tree.dataLength(node)) :
            ReplyLength.ofStringsPart(tree.childCount(node), lists.childNameBytes(node, lengthMax));
    }

    private void write(final ClientConnection connection, final JuteWriter body)
    {
        request.rewind();
        while (nextReadable())
        {
            final long node = find(request.read());
            final int partError = errorOf(connection, node);
            if (partError == ErrorCode.OK)
            {
                tell(request.read(), writePart(body, node));
            }
            else
            {
                responder.encoder().errorPart(partError);
            }
        }
    }

    /** Returns how many bytes were read besides the stat. */
    private long writePart(final JuteWriter body, final long node)
    {
        responder.encoder().part(request.opCode(), ErrorCode.OK);
        if (request.opCode() != OpCode.GET_DATA)
        {
            return lists.writeChildren(body, node);
        }

        final int length = tree.dataLength(node);
        lists.writeData(body, node, length);
        tree.encodeStat(node, responder.encoder().stat());

        return Math.max(0, length);
    }

    private void tell(final PathWatchRequestDecoder part, final long bytes)
    {
        events.onZnodeRead(part.buffer(), part.pathOffset(), part.pathLength(), bytes);
    }

    private long find(final PathWatchRequestDecoder part)
    {
        return tree.find(part.buffer(), part.pathOffset(), part.pathLength());
    }

    private int errorOf(final ClientConnection connection, final long node)
    {
        if (node == ReadableTree.NONE)
        {
            return ErrorCode.NO_NODE;
        }

        return znodes.isAllowed(connection, node, Perms.READ) ? ErrorCode.OK : ErrorCode.NO_AUTH;
    }
}
