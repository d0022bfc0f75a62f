/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.acl.Identities;
import io.caracal.engine.session.Session;
import org.agrona.DirectBuffer;

/**
 * One connection of a client, with the queue of its unanswered requests, oldest first. The head of the queue is a write
 * or a sync, which depends on a transaction or on the leader's answer; everything behind it waits. A request that
 * reaches the head and depends on nothing else is answered at once, or in one of the next duty cycles if this one has
 * already answered very much.
 */
public final class ClientConnection
{
    private static final int ADDRESS_LENGTH_MAX = 16;

    final long id;
    /** A small number that identifies the connection in the watch table. It is reused for another connection later. */
    final int slot;
    final byte[] address = new byte[ADDRESS_LENGTH_MAX];
    final int addressLength;
    final int port;
    final Identities identities = new Identities();
    final ConnectionFigures figures = new ConnectionFigures();
    final Heartbeats heartbeats = new Heartbeats();
    ConnectionState state = ConnectionState.FRESH;
    Session session;
    /** Id of the session that this connection serves or served last; 0 before the handshake is done. */
    long sessionId;
    /**
     * Whether the handshake request ended with the read-only byte of newer clients; the response must then have it too.
     */
    boolean hasReadOnly;
    int negotiatedTimeoutMs;
    private long attachNumber;
    /** Identities that count for the request that is being submitted. */
    int identityLimit;
    /** Whether the throttle has admitted its handshake. */
    boolean isAdmitted;
    /** Whether this server has applied everything that was committed when the handshake arrived. */
    boolean isUpToHandshake;
    /** Whether one of its frames was refused, so that it waits to be resumed. */
    boolean isRefused;
    /**
     * Whether it is on the wheel of {@link UnheardClients}, which looks at it once its client has not been heard for
     * some time.
     */
    boolean isOnWheel;
    /** Whether the requests at the head of its queue wait for nothing but a later duty cycle. */
    boolean isDue;
    /**
     * Number of syncs that are not settled yet. A write behind them must wait, because it could be applied before them.
     */
    int syncsOnTheirWay;
    private InFlight head;
    private InFlight tail;
    private int requestCount;

    ClientConnection(final long id, final int slot, final DirectBuffer buffer, final int offset, final int length,
        final int port)
    {
        this.id = id;
        this.slot = slot;
        this.port = port;
        addressLength = length;
        buffer.getBytes(offset, address, 0, length);
    }

    /**
     * The session that this connection serves.
     *
     * @return null before the handshake is done.
     */
    public Session session()
    {
        return session;
    }

    /**
     * The identities of the client.
     *
     * @return identities proven so far.
     */
    public Identities identities()
    {
        return identities;
    }

    /**
     * How many of the identities count for the request that is being submitted: those that the client had proven when
     * it arrived.
     *
     * @return zero to the number of identities; meaningful only within {@link WriteIntake#submit}.
     */
    public int identityLimit()
    {
        return identityLimit;
    }

    /**
     * The attach number that the session had when this connection attached to it. Once the session has another number,
     * it belongs to another connection, and requests from this one no longer count.
     *
     * @return zero or more.
     */
    public long attachNumber()
    {
        return attachNumber;
    }

    /** Attaches a session, which this connection serves from now on. */
    void attach(final Session newSession)
    {
        session = newSession;
        sessionId = newSession.id();
        attachNumber = newSession.attachNumber();
        state = ConnectionState.OPEN;
    }

    /** Whether the session still exists and is still attached to this connection. */
    boolean isAttachedTo(final Session current)
    {
        return session == current && current.attachNumber() == attachNumber;
    }

    boolean hasRequests()
    {
        return head != null;
    }

    int requestCount()
    {
        return requestCount;
    }

    InFlight firstRequest()
    {
        return head;
    }

    void addRequest(final InFlight request)
    {
        request.connection = this;
        request.next = null;
        if (tail == null)
        {
            head = request;
        }
        else
        {
            tail.next = request;
        }
        tail = request;
        requestCount++;
    }

    void removeFirstRequest()
    {
        head = head.next;
        requestCount--;
        if (head == null)
        {
            tail = null;
        }
    }
}
