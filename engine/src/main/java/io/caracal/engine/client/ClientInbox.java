/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.ClientHandler;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.OpKind;
import io.caracal.engine.protocol.RequestHeaderDecoder;
import io.caracal.engine.session.Session;
import org.agrona.DirectBuffer;

/**
 * Takes the frames that clients send and dispatches them: the first frame of a connection goes to the handshake,
 * credentials go to the authentication, writes go to the role. Reads are answered at once, unless an earlier request of
 * the same connection is unanswered. Then they wait behind it, because clients get their replies in order.
 */
final class ClientInbox implements ClientHandler
{
    private final ConnectionTable connections;
    private final RequestLine requests;
    private final Handshake handshake;
    private final ReadExecutor reads;
    private final ClientAuthentication authentication;
    private final ConnectionEnds ends;
    private final EventSink events;
    private final RefusedConnections refused;
    private final UnheardClients unheard;
    private final RequestHeaderDecoder headerDecoder = new RequestHeaderDecoder();
    private final InFlightHeader header = new InFlightHeader();
    private final CurrentRole role;
    private final SyncRequests syncs;
    private final RequestRecords records;
    private final FramesAhead ahead;
    private final TurnShare share;
    private long nowNs;
    private long nowMs;
    /** What the current frame waits for if it is not taken. */
    private Awaited awaited;

    ClientInbox(final ClientParts parts, final Handshake handshake, final ReadExecutor reads,
        final ClientAuthentication authentication, final RefusedConnections refused, final UnheardClients unheard,
        final FramesAhead ahead, final TurnShare share)
    {
        connections = parts.connections();
        ends = parts.ends();
        requests = parts.requests();
        syncs = parts.syncs();
        records = parts.records();
        role = parts.role();
        events = parts.events();
        this.handshake = handshake;
        this.reads = reads;
        this.authentication = authentication;
        this.refused = refused;
        this.unheard = unheard;
        this.ahead = ahead;
        this.share = share;
    }

    void time(final long newNowNs, final long newNowMs)
    {
        nowNs = newNowNs;
        nowMs = newNowMs;
    }

    @Override
    public void onConnect(final long connectionId, final DirectBuffer address, final int offset, final int length,
        final int port)
    {
        events.onCount(Count.CONNECTION_REQUESTS, 1);
        connections.add(connectionId, address, offset, length, port).figures.establishedMs = nowMs;
    }

    @Override
    public boolean takesMore()
    {
        return share.isForRequests();
    }

    @Override
    public int lookAhead(final DirectBuffer buffer, final int offset, final int limit)
    {
        return role.takesRequests() ? ahead.look(buffer, offset, limit) : limit;
    }

    @Override
    public boolean onFrame(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
        final long arrivalNs)
    {
        final ClientConnection connection = connections.find(connectionId);
        if (connection == null || connection.state == ConnectionState.CLOSING)
        {
            return true;
        }

        share.onRequest();
        if (!role.takesRequests())
        {
            return await(connection);
        }

        if (hasBeenSilentForTooLong(connection))
        {
            ends.close(connection);
            return true;
        }

        final boolean isHandshake = connection.state == ConnectionState.FRESH;
        awaited = Awaited.ANSWER;
        final boolean isTaken = switch (connection.state)
        {
            case FRESH -> handshake.onFrame(connection, role.intake(), buffer, offset, length, arrivalNs);
            case OPENING, CLOSING -> false;
            case OPEN -> onRequest(connection, buffer, offset, length, arrivalNs);
        };
        if (isTaken)
        {
            connection.figures.received++;
            events.onCount(Count.PACKETS_RECEIVED, 1);
            heard(connection, isHandshake, arrivalNs);
        }
        else
        {
            refuse(connection, isHandshake && !connection.hasRequests() ? Awaited.ROLE : awaited);
        }

        return isTaken;
    }

    /**
     * Whether the session of a connection may have ended because nothing was heard of its client, and this server may
     * not have applied that yet. Any answer would tell the client that its session lives. Without an answer the client
     * comes back, and this server asks the leader.
     */
    private boolean hasBeenSilentForTooLong(final ClientConnection connection)
    {
        return connection.state == ConnectionState.OPEN && !role.intake().isSureOf(connection.session());
    }

    /** How many more writes there is room to keep; unlimited when writes are not kept. */
    int room()
    {
        return isKept() ? requests.roomToKeep() : Integer.MAX_VALUE;
    }

    /** Whether writes are kept whole until they are answered. */
    private boolean isKept()
    {
        return role.intake().keepsRequests() || records.keepsWrites();
    }

    private void heard(final ClientConnection connection, final boolean isHandshake, final long arrivalNs)
    {
        if (isHandshake)
        {
            connection.heartbeats.onHandshake(arrivalNs);
        }
        else
        {
            connection.heartbeats.onFrame(connection, header.opCode == OpCode.PING, arrivalNs, events);
        }
    }

    /**
     * Leaves a frame in the port while there is no leader. Not even a ping is answered then: a client relies on its
     * session as long as it hears from this server, but without a leader this server does not know whether the session
     * still lives. A connection without a session is closed, because its client is better off with another server. It
     * is kept if this server is about to serve.
     */
    private boolean await(final ClientConnection connection)
    {
        if (connection.state == ConnectionState.FRESH && !role.intake().isServing())
        {
            events.onCount(Count.CONNECTIONS_REJECTED, 1);
            ends.close(connection);
            return true;
        }

        refuse(connection, Awaited.ANSWER);

        return false;
    }

    private void refuse(final ClientConnection connection, final Awaited what)
    {
        refused.add(connection, what);
        unheard.add(connection);
    }

    private boolean onRequest(final ClientConnection connection, final DirectBuffer buffer, final int offset,
        final int length, final long arrivalNs)
    {
        if (!headerDecoder.wrap(buffer, offset, length))
        {
            ends.close(connection);
            return true;
        }

        header.xid = headerDecoder.xid();
        header.opCode = headerDecoder.opCode();
        header.arrivalNs = arrivalNs;
        header.identityLimit = connection.identities.count();
        header.localError = ErrorCode.OK;
        touch(connection);

        final int bodyOffset = offset + RequestHeaderDecoder.LENGTH;
        final int bodyLength = length - RequestHeaderDecoder.LENGTH;

        return switch (header.opCode)
        {
            case OpCode.AUTH -> endUnless(authentication.onAuth(connection, header, buffer, bodyOffset, bodyLength),
                connection);
            case OpCode.SASL -> endUnless(authentication.onSasl(connection, header, buffer, bodyOffset, bodyLength),
                connection);
            default -> onOrdered(connection, length, buffer, bodyOffset, bodyLength);
        };
    }

    /**
     * Counts the request as a sign of life, unless it is a SASL token, as in ZooKeeper. A client library that keeps
     * sending tokens although nobody takes part in the exchange learns from the end of its session that this leads
     * nowhere.
     */
    private void touch(final ClientConnection connection)
    {
        if (header.opCode != OpCode.SASL)
        {
            role.intake().touch(connection.session);
        }
    }

    /** Closes the connection unless it goes on. Returns true, because the frame is taken in either case. */
    private boolean endUnless(final boolean goesOn, final ClientConnection connection)
    {
        if (!goesOn)
        {
            ends.close(connection);
        }

        return true;
    }

    /**
     * Takes a request that is answered in order. While earlier requests of the connection are put off, the frame stays
     * in the port: transactions are applied only when all of those are answered, and a client that keeps asking must
     * not delay that for ever.
     */
    private boolean onOrdered(final ClientConnection connection, final int frameLength, final DirectBuffer buffer,
        final int offset, final int length)
    {
        if (!authentication.permits(connection, header))
        {
            ends.close(connection);
            return true;
        }

        if (connection.isDue || !requests.hasRoom(connection, header))
        {
            return false;
        }

        if (isForALaterTurn())
        {
            refused.onMoved();
            return false;
        }

        if (!requests.isLargePermitted(frameLength))
        {
            events.onCount(Count.LARGE_REQUESTS_REJECTED, 1);
            ends.close(connection);
            return true;
        }

        final OpKind kind = OpCode.kind(header.opCode);
        if (kind == OpKind.WRITE || header.opCode == OpCode.CLOSE_SESSION)
        {
            return write(connection, frameLength, buffer, offset, length);
        }

        return kind == OpKind.SYNC ? sync(connection, frameLength, buffer, offset, length) : read(connection,
            frameLength, buffer, offset, length);
    }

    /**
     * Whether the frame should wait because this duty cycle has already listed many znodes and this frame may ask for
     * as many. When the children of a wide znode change, all clients that watch them ask for them at the same time. A
     * session can also have very many ephemerals, which are visited even for an empty reply.
     */
    private boolean isForALaterTurn()
    {
        return share.isForNoListing() && isListing(header.opCode);
    }

    private static boolean isListing(final int opCode)
    {
        return switch (opCode)
        {
            case OpCode.GET_CHILDREN, OpCode.GET_CHILDREN2, OpCode.GET_EPHEMERALS, OpCode.MULTI_READ -> true;
            default -> false;
        };
    }

    private boolean write(final ClientConnection connection, final int frameLength, final DirectBuffer buffer,
        final int offset, final int length)
    {
        final WriteIntake intake = role.intake();
        final boolean isKept = isKept();
        if (isKept && !requests.hasRoomToKeep())
        {
            return waitFor(Awaited.ROOM);
        }

        if (connection.syncsOnTheirWay != 0)
        {
            return false;
        }

        connection.identityLimit = header.identityLimit;
        final long sequence = requests.nextSequence();
        final int result = header.opCode == OpCode.CLOSE_SESSION ? intake.closeSession(connection.session, sequence,
            header.arrivalNs) :
            intake.submit(connection, header.opCode, buffer, offset, length, sequence, header.arrivalNs);
        if (result == WriteIntake.PROPOSED)
        {
            final InFlight write = requests.addWrite(connection, header, frameLength);
            if (isKept)
            {
                requests.keep(write, buffer, offset, length);
            }
            return true;
        }

        return result == WriteIntake.REFUSED ? waitFor(Awaited.ROLE) : answerLocally(connection, result, frameLength,
            buffer, offset, length);
    }

    /** Records what the frame waits for. Returns false, because the frame is not taken. */
    private boolean waitFor(final Awaited what)
    {
        awaited = what;

        return false;
    }

    private boolean answerLocally(final ClientConnection connection, final int result, final int frameLength,
        final DirectBuffer buffer, final int offset, final int length)
    {
        if (result == WriteIntake.MOVED)
        {
            ends.close(connection);
            return true;
        }

        header.localError = result;

        return read(connection, frameLength, buffer, offset, length);
    }

    /**
     * Queues a sync like a write. If the leader has answered at once and that zxid is applied here, treats it like a
     * read.
     */
    private boolean sync(final ClientConnection connection, final int frameLength, final DirectBuffer buffer,
        final int offset, final int length)
    {
        final WriteIntake intake = role.intake();
        if (intake.keepsRequests() && !requests.hasRoomToKeep())
        {
            return waitFor(Awaited.ROOM);
        }

        final int result = syncs.ask(intake);
        if (result != WriteIntake.PROPOSED)
        {
            return result == WriteIntake.REFUSED ? waitFor(Awaited.ROLE) : answerLocally(connection, result,
                frameLength, buffer, offset, length);
        }

        if (syncs.isSettledAtOnce())
        {
            return read(connection, frameLength, buffer, offset, length);
        }
        requests.addSync(connection, header, frameLength, buffer, offset, length, syncs.zxidAtOnce());

        return true;
    }

    private boolean read(final ClientConnection connection, final int frameLength, final DirectBuffer buffer,
        final int offset, final int length)
    {
        if (connection.hasRequests())
        {
            requests.addWaiting(connection, header, frameLength, buffer, offset, length);
        }
        else if (!reads.execute(connection, header, buffer, offset, length))
        {
            ends.close(connection);
        }

        return true;
    }

    /** Reports what was heard of the client of a session that expires, if the client is connected here. */
    void tellHeartbeats(final Session session)
    {
        final ClientConnection connection = connections.find(session.connectionId());
        if (connection != null)
        {
            connection.heartbeats.tell(session.id(), nowNs, events);
        }
    }

    @Override
    public void onDisconnect(final long connectionId)
    {
        final ClientConnection connection = connections.find(connectionId);
        if (connection != null)
        {
            ends.onDisconnect(connection, nowNs);
        }
    }
}
