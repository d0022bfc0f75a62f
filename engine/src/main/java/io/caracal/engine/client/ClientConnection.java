/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.acl.Identities;
import io.caracal.engine.session.Session;
import org.agrona.DirectBuffer;

/**
 * One connection of a client, with the line of its unanswered requests, oldest first. Only the oldest request decides
 * when the line moves: it is a write or a sync, whose answer depends on somebody else. What comes to the head of the
 * line and waits for nobody else is answered at once and leaves it, or in one of the next duty cycles if this one has
 * answered very much.
 */
public final class ClientConnection
{
    private static final int ADDRESS_LENGTH_MAX = 16;

    final long id;
    /** A small number that stands for the connection in the watch table; given to another connection later. */
    final int slot;
    final byte[] address = new byte[ADDRESS_LENGTH_MAX];
    final int addressLength;
    final int port;
    final Identities identities = new Identities();
    final ConnectionFigures figures = new ConnectionFigures();
    final Heartbeats heartbeats = new Heartbeats();
    ConnectionState state = ConnectionState.FRESH;
    Session session;
    /** Id of the session that it serves or has served last, 0 before the handshake is done. */
    long sessionId;
    /** Whether the handshake ended with the read-only byte of newer clients, so that the answer must have it too. */
    boolean hasReadOnly;
    int negotiatedTimeoutMs;
    private long attachNumber;
    /** Identities that count for the request that is being submitted. */
    int identityLimit;
    /** Whether the throttle let its handshake pass. */
    boolean isAdmitted;
    /** Whether everything is applied here that was committed when its handshake came. */
    boolean isUpToHandshake;
    /** Whether a frame of it was refused and it waits to be resumed. */
    boolean isRefused;
    /** Whether it will be looked at, when its client has not been heard for some time. */
    boolean isOnWheel;
    /** Whether requests at the head of its line wait for a later duty cycle and nothing else. */
    boolean isDue;
    /** Syncs that the leader has not answered yet. A write behind them must wait, or it might be applied before. */
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
     * Session that the connection serves.
     *
     * @return null before the handshake is done.
     */
    public Session session()
    {
        return session;
    }

    /**
     * Who is at the other end.
     *
     * @return identities proven so far.
     */
    public Identities identities()
    {
        return identities;
    }

    /**
     * How many of the identities count for the request that is being submitted: those that there were when it arrived.
     *
     * @return zero to the number of identities; meaningful within {@link WriteIntake#submit} only.
     */
    public int identityLimit()
    {
        return identityLimit;
    }

    /**
     * Attach number that the session had when this connection took it up. Once the session has another one, it is with
     * another connection, and what came by this one no longer counts.
     *
     * @return zero or more.
     */
    public long attachNumber()
    {
        return attachNumber;
    }

    /** The connection serves a session from now on. */
    void attach(final Session newSession)
    {
        session = newSession;
        sessionId = newSession.id();
        attachNumber = newSession.attachNumber();
        state = ConnectionState.OPEN;
    }

    /** Whether its session is still there and still here. */
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
