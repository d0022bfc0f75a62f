/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.acl.AclChecker;
import io.caracal.engine.acl.AclMask;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.GetEphemeralsRequestDecoder;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.PathRequestDecoder;
import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.protocol.PathWatchRequestDecoder;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.ReplyLength;
import io.caracal.engine.tree.LookAhead;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.engine.watch.WatchTable;
import org.agrona.DirectBuffer;

/** Reads of single znodes. Each request method answers and returns OK, or returns the error to answer. */
final class ZnodeReads
{
    private final Replica replica;
    private final ReadableTree tree;
    private final LookAhead ahead;
    private final AclChecker aclChecker;
    private final WatchTable watches;
    private final Responder responder;
    private final EventSink events;
    private final ZnodeLists lists;
    private int identityLimit;

    ZnodeReads(final Replica replica, final LookAhead ahead, final AclChecker aclChecker, final WatchTable watches,
        final Responder responder, final EventSink events)
    {
        this.replica = replica;
        tree = replica.tree();
        this.ahead = ahead;
        this.aclChecker = aclChecker;
        this.watches = watches;
        this.responder = responder;
        this.events = events;
        lists = new ZnodeLists(tree, responder.share());
    }

    int read(final ClientConnection connection, final int opCode, final PathWatchRequestDecoder request)
    {
        final int pathLength = request.pathLength();
        if (opCode == OpCode.EXISTS && PathRules.hasNul(request.buffer(), request.pathOffset(), pathLength))
        {
            return ErrorCode.BAD_ARGUMENTS;
        }

        final long node = find(request.buffer(), request.pathOffset(), pathLength);
        if (node == ReadableTree.NONE)
        {
            final boolean isWatched = opCode != OpCode.EXISTS || !request.isWatch() || watch(connection, opCode,
                request);
            return isWatched ? ErrorCode.NO_NODE : ErrorCode.SYSTEM_ERROR;
        }

        if (!isAllowed(connection, node, Perms.READ))
        {
            return ErrorCode.NO_AUTH;
        }

        if (request.isWatch() && !watch(connection, opCode, request))
        {
            return ErrorCode.SYSTEM_ERROR;
        }

        events.onZnodeRead(request.buffer(), request.pathOffset(), pathLength, answer(opCode, node));

        return ErrorCode.OK;
    }

    private long find(final DirectBuffer path, final int offset, final int length)
    {
        return tree.find(ahead.guess(path, offset), path, offset, length);
    }

    /** Sets a watch. Returns false when the table of watches is full; then nothing is read either. */
    private boolean watch(final ClientConnection connection, final int opCode, final PathWatchRequestDecoder request)
    {
        final DirectBuffer buffer = request.buffer();
        if (opCode == OpCode.GET_CHILDREN || opCode == OpCode.GET_CHILDREN2)
        {
            return watches.addChild(connection.slot, buffer, request.pathOffset(), request.pathLength());
        }

        return watches.addData(connection.slot, buffer, request.pathOffset(), request.pathLength());
    }

    /** Returns how many bytes were read besides the stat. */
    private long answer(final int opCode, final long node)
    {
        return switch (opCode)
        {
            case OpCode.EXISTS -> answerStat(node);
            case OpCode.GET_DATA -> answerData(node);
            case OpCode.GET_CHILDREN -> answerChildren(node, false);
            default -> answerChildren(node, true);
        };
    }

    /** Sets how many identities of the connection count: those that it had when the request arrived. */
    void identityLimit(final int limit)
    {
        identityLimit = limit;
    }

    boolean isAllowed(final ClientConnection connection, final long node, final int permissions)
    {
        return aclChecker.allows(tree.acls(), tree.aclId(node), permissions, connection.identities, identityLimit);
    }

    private long answerStat(final long node)
    {
        if (begin(ReplyLength.STAT) != null)
        {
            tree.encodeStat(node, responder.encoder().stat());
            responder.end();
        }

        return 0;
    }

    private long answerData(final long node)
    {
        final int length = tree.dataLength(node);
        final JuteWriter body = begin(ReplyLength.ofRangeAndStat(length));
        if (body != null)
        {
            lists.writeData(body, node, length);
            tree.encodeStat(node, responder.encoder().stat());
            responder.end();
        }

        return Math.max(0, length);
    }

    private long answerChildren(final long node, final boolean withStat)
    {
        final int count = tree.childCount(node);
        final long bytes = lists.childNameBytes(node, responder.lengthMax());
        final JuteWriter body =
            begin(withStat ? ReplyLength.ofStringsAndStat(count, bytes) : ReplyLength.ofStrings(count, bytes));
        if (body != null)
        {
            lists.writeChildren(body, node);
            if (withStat)
            {
                tree.encodeStat(node, responder.encoder().stat());
            }
            responder.end();
        }

        return bytes;
    }

    private JuteWriter begin(final long length)
    {
        return responder.begin(length, replica.lastAppliedZxid(), ErrorCode.OK);
    }

    /**
     * Answers getACL. A client that may administer the znode sees the whole ACL; one that may only read it sees no
     * credentials.
     */
    int acl(final ClientConnection connection, final PathRequestDecoder request)
    {
        final long node = find(request.buffer(), request.pathOffset(), request.pathLength());
        if (node == ReadableTree.NONE)
        {
            return ErrorCode.NO_NODE;
        }

        final boolean isAdmin = isAllowed(connection, node, Perms.ADMIN);
        if (!isAdmin && !isAllowed(connection, node, Perms.READ))
        {
            return ErrorCode.NO_AUTH;
        }

        final DirectBuffer acl = tree.acls().view(tree.aclId(node));
        final JuteWriter body = begin(ReplyLength.ofAcl(isAdmin ? acl.capacity() : AclMask.maskedLength(acl, 0)));
        if (body != null)
        {
            if (isAdmin)
            {
                body.writeRaw(acl, 0, acl.capacity());
            }
            else
            {
                AclMask.encode(acl, 0, body);
            }
            tree.encodeStat(node, responder.encoder().stat());
            responder.end();
        }

        return ErrorCode.OK;
    }

    int countDescendants(final ClientConnection connection, final PathRequestDecoder request)
    {
        final long node = tree.find(request.buffer(), request.pathOffset(), request.pathLength());
        if (node == ReadableTree.NONE)
        {
            return ErrorCode.NO_NODE;
        }

        if (!isAllowed(connection, node, Perms.READ))
        {
            return ErrorCode.NO_AUTH;
        }

        final JuteWriter body = begin(ReplyLength.INT);
        if (body != null)
        {
            body.writeInt(tree.descendantCount(node));
            responder.end();
        }

        return ErrorCode.OK;
    }

    int ephemerals(final ClientConnection connection, final GetEphemeralsRequestDecoder request)
    {
        final long sessionId = connection.session.id();
        lists.selectEphemerals(sessionId, request.buffer(), request.pathOffset(), request.pathLength(),
            responder.lengthMax());
        final JuteWriter body = begin(ReplyLength.ofStrings(lists.selectedCount(), lists.selectedBytes()));
        if (body != null)
        {
            lists.writeSelectedEphemerals(body, sessionId);
            responder.end();
        }

        return ErrorCode.OK;
    }
}
