/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.protocol.AddWatchMode;
import io.caracal.engine.protocol.AddWatchRequestDecoder;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.EventType;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.ReplyLength;
import io.caracal.engine.protocol.SetWatches2RequestDecoder;
import io.caracal.engine.protocol.SetWatchesRequestDecoder;
import io.caracal.engine.protocol.StringVector;
import io.caracal.engine.protocol.WatcherType;
import io.caracal.engine.protocol.WatchesRequestDecoder;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.watch.WatchTable;
import org.agrona.DirectBuffer;

/** Requests that are about watches only: addWatch, checkWatches, removeWatches, and setWatches after a reconnect. */
final class WatchRequests
{
    private final Replica replica;
    private final DataTree tree;
    private final WatchTable watches;
    private final EventSender events;
    private final Responder responder;
    private final AddWatchRequestDecoder addRequest = new AddWatchRequestDecoder();
    private final WatchesRequestDecoder typeRequest = new WatchesRequestDecoder();
    private final SetWatchesRequestDecoder setRequest = new SetWatchesRequestDecoder();
    private final SetWatches2RequestDecoder set2Request = new SetWatches2RequestDecoder();
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
        if (!addRequest.wrap(buffer, offset, length) || !AddWatchMode.isKnown(addRequest.mode()))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        final boolean isAdded = addRequest.mode() == AddWatchMode.PERSISTENT ? watches.addPersistent(connection.slot,
            buffer, addRequest.pathOffset(),
            addRequest.pathLength()) : watches.addRecursive(connection.slot, buffer, addRequest.pathOffset(),
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
        if (!decodeType(buffer, offset, length))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        return answerFound(watches.has(connection.slot, typeRequest.watcherType(), buffer,
            typeRequest.pathOffset(), typeRequest.pathLength()));
    }

    int remove(final ClientConnection connection, final DirectBuffer buffer, final int offset, final int length)
    {
        if (!decodeType(buffer, offset, length))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        return answerFound(watches.remove(connection.slot, typeRequest.watcherType(), buffer,
            typeRequest.pathOffset(), typeRequest.pathLength()));
    }

    private boolean decodeType(final DirectBuffer buffer, final int offset, final int length)
    {
        return typeRequest.wrap(buffer, offset, length) && WatcherType.isKnown(typeRequest.watcherType());
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

    /** What changed while the client was away is told at once; for the rest the watches are set again. */
    int setAgain(final ClientConnection connection, final DirectBuffer buffer, final int offset, final int length,
        final boolean withPersistent)
    {
        final SetWatchesRequestDecoder request = withPersistent ? set2Request : setRequest;
        if (!request.wrap(buffer, offset, length) || hasNull(request, withPersistent))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        isFull = false;
        setData(connection, request.dataPaths(), request.relativeZxid());
        setExist(connection, request.existPaths());
        setChild(connection, request.childPaths(), request.relativeZxid());
        if (withPersistent)
        {
            setPersistent(connection, set2Request.persistentPaths());
            setRecursive(connection, set2Request.recursivePaths());
        }
        if (isFull)
        {
            return ErrorCode.SYSTEM_ERROR;
        }
        responder.header(replica.lastAppliedZxid(), ErrorCode.OK);

        return ErrorCode.OK;
    }

    private boolean hasNull(final SetWatchesRequestDecoder request, final boolean withPersistent)
    {
        return request.dataPaths().hasNull() || request.existPaths().hasNull() || request.childPaths().hasNull() ||
            (withPersistent && (set2Request.persistentPaths().hasNull() || set2Request.recursivePaths().hasNull()));
    }

    private void setData(final ClientConnection connection, final StringVector paths, final long relativeZxid)
    {
        paths.rewind();
        while (paths.next())
        {
            final long node = tree.find(paths.buffer(), paths.offset(), paths.length());
            if (node == DataTree.NONE)
            {
                events.catchUp(connection, EventType.NODE_DELETED, paths);
            }
            else if (tree.mzxid(node) > relativeZxid)
            {
                events.catchUp(connection, EventType.NODE_DATA_CHANGED, paths);
            }
            else
            {
                isFull |= !watches.addData(connection.slot, paths.buffer(), paths.offset(), paths.length());
            }
        }
    }

    private void setExist(final ClientConnection connection, final StringVector paths)
    {
        paths.rewind();
        while (paths.next())
        {
            if (tree.find(paths.buffer(), paths.offset(), paths.length()) == DataTree.NONE)
            {
                isFull |= !watches.addData(connection.slot, paths.buffer(), paths.offset(), paths.length());
            }
            else
            {
                events.catchUp(connection, EventType.NODE_CREATED, paths);
            }
        }
    }

    private void setChild(final ClientConnection connection, final StringVector paths, final long relativeZxid)
    {
        paths.rewind();
        while (paths.next())
        {
            final long node = tree.find(paths.buffer(), paths.offset(), paths.length());
            if (node == DataTree.NONE)
            {
                events.catchUp(connection, EventType.NODE_DELETED, paths);
            }
            else if (tree.pzxid(node) > relativeZxid)
            {
                events.catchUp(connection, EventType.NODE_CHILDREN_CHANGED, paths);
            }
            else
            {
                isFull |= !watches.addChild(connection.slot, paths.buffer(), paths.offset(), paths.length());
            }
        }
    }

    private void setPersistent(final ClientConnection connection, final StringVector paths)
    {
        paths.rewind();
        while (paths.next())
        {
            isFull |= !watches.addPersistent(connection.slot, paths.buffer(), paths.offset(), paths.length());
        }
    }

    private void setRecursive(final ClientConnection connection, final StringVector paths)
    {
        paths.rewind();
        while (paths.next())
        {
            isFull |= !watches.addRecursive(connection.slot, paths.buffer(), paths.offset(), paths.length());
        }
    }
}
