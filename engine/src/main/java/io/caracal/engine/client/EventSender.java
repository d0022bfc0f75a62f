/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.acl.AclChecker;
import io.caracal.engine.apply.TxnEvents;
import io.caracal.engine.port.ClientPort;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.protocol.EventType;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.StringVector;
import io.caracal.engine.protocol.WatchEventEncoder;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.engine.watch.WatchEventHandler;
import io.caracal.engine.watch.WatchTable;
import org.agrona.DirectBuffer;

/**
 * Sends watch events to clients. It sends them while a transaction is being applied, so that a client gets the event
 * before any reply that shows the change. A client that may not read the znode (for a change of children: its parent)
 * gets no event, although its watch is used up. Also tells the event sink which znodes are written.
 */
public final class EventSender implements TxnEvents, WatchEventHandler
{
    private final ReadableTree tree;
    private final AclChecker aclChecker;
    private final WatchTable watches;
    private final ConnectionTable connections;
    private final ClientPort clients;
    private final EventSink sink;
    private long zxid;
    private int nodeAcl;
    private int parentAcl;

    EventSender(final ReadableTree tree, final AclChecker aclChecker, final WatchTable watches,
        final ConnectionTable connections, final ClientPort clients, final EventSink sink)
    {
        this.tree = tree;
        this.aclChecker = aclChecker;
        this.watches = watches;
        this.connections = connections;
        this.clients = clients;
        this.sink = sink;
    }

    @Override
    public void onCreated(final long newZxid, final DirectBuffer path, final int offset, final int length,
        final long node)
    {
        sink.onZnodeWritten(path, offset, length, Math.max(0, tree.dataLength(node)));
        if (watches.watchCount() != 0)
        {
            about(newZxid, node);
            watches.fireCreated(path, offset, length, this);
        }
    }

    @Override
    public void onDeleting(final long newZxid, final DirectBuffer path, final int offset, final int length,
        final long node)
    {
        sink.onZnodeWritten(path, offset, length, 0);
        if (watches.watchCount() != 0)
        {
            about(newZxid, node);
            watches.fireDeleted(path, offset, length, this);
        }
    }

    @Override
    public void onEphemeralEnded(final long sessionId, final DirectBuffer path, final int length)
    {
        sink.onEphemeralEnded(sessionId, path, length);
    }

    @Override
    public void onDataChanged(final long newZxid, final DirectBuffer path, final int offset, final int length,
        final long node)
    {
        sink.onZnodeWritten(path, offset, length, Math.max(0, tree.dataLength(node)));
        if (watches.watchCount() != 0)
        {
            about(newZxid, node);
            watches.fireDataChanged(path, offset, length, this);
        }
    }

    private void about(final long newZxid, final long node)
    {
        zxid = newZxid;
        nodeAcl = tree.aclId(node);
        final long parent = tree.parent(node);
        parentAcl = parent == ReadableTree.NONE ? nodeAcl : tree.aclId(parent);
    }

    @Override
    public void onEvent(final int watcher, final int eventType, final DirectBuffer path, final int offset,
        final int length)
    {
        final ClientConnection connection = connections.atSlot(watcher);
        final int acl = eventType == EventType.NODE_CHILDREN_CHANGED ? parentAcl : nodeAcl;
        if (connection.state == ConnectionState.OPEN && aclChecker.allows(tree.acls(), acl, Perms.READ,
            connection.identities, connection.identities.count()))
        {
            send(connection, zxid, eventType, path, offset, length);
            sink.onWatchEvent(zxid);
        }
    }

    /**
     * Sends an event that a returning client has missed. ACLs are not checked, because the client had the watch before.
     */
    void catchUp(final ClientConnection connection, final int eventType, final StringVector path)
    {
        send(connection, WatchEventEncoder.CATCH_UP_ZXID, eventType, path.buffer(), path.offset(), path.length());
    }

    private void send(final ClientConnection connection, final long eventZxid, final int eventType,
        final DirectBuffer path, final int offset, final int length)
    {
        final int frameLength = WatchEventEncoder.length(length);
        final int at = clients.claim(connection.id, frameLength);
        if (at != ClientPort.CLOSED)
        {
            WatchEventEncoder.encode(clients.claimed(), at, eventZxid, eventType, path, offset, length);
            clients.commit();
            connection.figures.sent++;
            sink.onCount(Count.PACKETS_SENT, 1);
            sink.onCount(countOf(eventType), 1);
            sink.onCount(Count.WATCH_BYTES, frameLength);
        }
    }

    private static Count countOf(final int eventType)
    {
        return switch (eventType)
        {
            case EventType.NODE_CREATED -> Count.WATCH_NODE_CREATED;
            case EventType.NODE_DELETED -> Count.WATCH_NODE_DELETED;
            case EventType.NODE_DATA_CHANGED -> Count.WATCH_NODE_CHANGED;
            default -> Count.WATCH_CHILDREN_CHANGED;
        };
    }
}
