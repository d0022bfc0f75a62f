/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.protocol.AddWatchMode;
import io.caracal.engine.protocol.AddWatchRequestDecoder;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.EventType;
import io.caracal.engine.protocol.JuteReader;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.ReplyLength;
import io.caracal.engine.protocol.SetWatches2RequestDecoder;
import io.caracal.engine.protocol.SetWatchesRequestDecoder;
import io.caracal.engine.protocol.StringVector;
import io.caracal.engine.protocol.WatchesRequestDecoder;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.engine.watch.WatchTable;
import org.agrona.DirectBuffer;

/** Handles requests about watches only: addWatch, checkWatches, removeWatches, and setWatches after a reconnect. */
final class WatchRequests
{
    private final Replica replica;
    private final ReadableTree tree;
    private final WatchTable watches;
    private final EventSender events;
    private final Responder responder;
    private final AddWatchRequestDecoder addRequest = new AddWatchRequestDecoder();
    private final WatchesRequestDecoder typeRequest = new WatchesRequestDecoder();
    private final SetWatchesRequestDecoder setRequest = new SetWatchesRequestDecoder();
    private final SetWatches2RequestDecoder set2Request = new SetWatches2RequestDecoder();
    private final PathAction dataAgain = this::dataAgain;
    private final PathAction existAgain = this::existAgain;
    private final PathAction childAgain = this::childAgain;
    private final PathAction persistentAgain = this::persistentAgain;
    private final PathAction recursiveAgain = this::recursiveAgain;
    private ClientConnection connection;
    private long relativeZxid;
    private boolean isFull;

    WatchRequests(final Replica replica, final WatchTable watches, final EventSender events, final Responder responder)
    {
        this.replica = replica;
        tree = replica.tree();
        this.watches = watches;
        this.events = events;
        this.responder = responder;
    }

    void elementLengthMax(final int lengthMax)
    {
        addRequest.elementLengthMax(lengthMax);
        typeRequest.elementLengthMax(lengthMax);
        setRequest.elementLengthMax(lengthMax);
        set2Request.elementLengthMax(lengthMax);
    }

    int add(final ClientConnection connection, final DirectBuffer buffer, final int offset, final int length)
    {
        if (!addRequest.wrap(buffer, offset, length))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        final boolean isAdded = addRequest.mode() == AddWatchMode.PERSISTENT ? watches.addPersistent(connection.slot,
            buffer, addRequest.pathOffset(),
            addRequest.pathLength()) :
            watches.addRecursive(connection.slot, buffer, addRequest.pathOffset(),
                addRequest.pathLength());
        if (!isAdded)
        {
            return ErrorCode.SYSTEM_ERROR;
        }

        final JuteWriter body = responder.begin(ReplyLength.INT, replica.lastAppliedZxid(), ErrorCode.OK);
        if (body != null)
        {
            body.writeInt(ErrorCode.OK);
            responder.end();
        }

        return ErrorCode.OK;
    }

    int check(final ClientConnection connection, final DirectBuffer buffer, final int offset, final int length)
    {
        if (!typeRequest.wrap(buffer, offset, length))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        return answerFound(watches.has(connection.slot, typeRequest.watcherType(), buffer,
            typeRequest.pathOffset(), typeRequest.pathLength()));
    }

    int remove(final ClientConnection connection, final DirectBuffer buffer, final int offset, final int length)
    {
        if (!typeRequest.wrap(buffer, offset, length))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        return answerFound(watches.remove(connection.slot, typeRequest.watcherType(), buffer,
            typeRequest.pathOffset(), typeRequest.pathLength()));
    }

    private int answerFound(final boolean isFound)
    {
        if (!isFound)
        {
            return ErrorCode.NO_WATCHER;
        }

        responder.header(replica.lastAppliedZxid(), ErrorCode.OK);

        return ErrorCode.OK;
    }

    /**
     * Handles setWatches. The client is told at once what changed while it was away; the other watches are set again. A
     * null among the paths ends the request with an error, but the paths before it have taken effect.
     */
    int setAgain(final ClientConnection newConnection, final DirectBuffer buffer, final int offset, final int length,
        final boolean withPersistent)
    {
        final SetWatchesRequestDecoder request = withPersistent ? set2Request : setRequest;
        if (!request.wrap(buffer, offset, length))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        connection = newConnection;
        relativeZxid = request.relativeZxid();
        isFull = false;
        boolean isWhole = each(request.dataPaths(), dataAgain) && each(request.existPaths(), existAgain) &&
            each(request.childPaths(), childAgain);
        if (withPersistent)
        {
            isWhole = isWhole && each(set2Request.persistentPaths(), persistentAgain) &&
                each(set2Request.recursivePaths(), recursiveAgain);
        }

        return answerSet(isWhole);
    }

    private int answerSet(final boolean isWhole)
    {
        if (!isWhole)
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        if (isFull)
        {
            return ErrorCode.SYSTEM_ERROR;
        }

        responder.header(replica.lastAppliedZxid(), ErrorCode.OK);

        return ErrorCode.OK;
    }

    /** What to do with one path of one list of setWatches. */
    private interface PathAction
    {
        void on(StringVector path, long node);
    }

    private boolean each(final StringVector paths, final PathAction action)
    {
        paths.rewind();
        while (paths.next())
        {
            if (paths.length() == JuteReader.NULL)
            {
                return false;
            }
            action.on(paths, tree.find(paths.buffer(), paths.offset(), paths.length()));
        }

        return paths.count() != JuteReader.NULL;
    }

    private void dataAgain(final StringVector path, final long node)
    {
        if (node == ReadableTree.NONE)
        {
            events.catchUp(connection, EventType.NODE_DELETED, path);
        }
        else if (tree.stats().mzxid(node) > relativeZxid)
        {
            events.catchUp(connection, EventType.NODE_DATA_CHANGED, path);
        }
        else
        {
            isFull |= !watches.addData(connection.slot, path.buffer(), path.offset(), path.length());
        }
    }

    private void existAgain(final StringVector path, final long node)
    {
        if (node == ReadableTree.NONE)
        {
            isFull |= !watches.addData(connection.slot, path.buffer(), path.offset(), path.length());
        }
        else
        {
            events.catchUp(connection, EventType.NODE_CREATED, path);
        }
    }

    private void childAgain(final StringVector path, final long node)
    {
        if (node == ReadableTree.NONE)
        {
            events.catchUp(connection, EventType.NODE_DELETED, path);
        }
        else if (tree.stats().pzxid(node) > relativeZxid)
        {
            events.catchUp(connection, EventType.NODE_CHILDREN_CHANGED, path);
        }
        else
        {
            isFull |= !watches.addChild(connection.slot, path.buffer(), path.offset(), path.length());
        }
    }

    private void persistentAgain(final StringVector path, final long node)
    {
        isFull |= !watches.addPersistent(connection.slot, path.buffer(), path.offset(), path.length());
    }

    private void recursiveAgain(final StringVector path, final long node)
    {
        isFull |= !watches.addRecursive(connection.slot, path.buffer(), path.offset(), path.length());
    }
}
