/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

/**
 * One session of a client. Its fields belong to three owners: some are replicated state and change only when a
 * transaction is applied; some are the leader's, about what it has prepared and when the session expires; some are
 * those of the server that holds the client's connection.
 */
public final class Session
{
    /** Stands for a time that is not fixed yet at which the session ends. */
    public static final long NO_END = Long.MAX_VALUE;

    private static final long NEVER_HEARD = Long.MIN_VALUE / 2;

    final long id;
    int timeoutMs;
    long ownerServer;
    long attachNumber;
    private boolean isImported;
    private int walk;

    private boolean isClosing;
    private long preparedOwner;
    private long preparedAttachNumber;
    private int touchTimeoutMs;
    private long suspectRound;
    private long heardIn;
    private long endNs = NO_END;
    long expiryTick = SessionExpiry.NOT_SCHEDULED;
    Session previous;
    Session next;

    /** Neighbors in the table, in order of arrival there. */
    Session previousInTable;
    Session nextInTable;

    private long connectionId;
    private long touchMark;
    private long heardNs = NEVER_HEARD;
    private boolean isHeld;

    Session(final long id, final int timeoutMs, final long ownerServer, final long attachNumber)
    {
        this.id = id;
        this.timeoutMs = timeoutMs;
        this.ownerServer = ownerServer;
        this.attachNumber = attachNumber;
        touchTimeoutMs = timeoutMs;
        preparedOwner = ownerServer;
        preparedAttachNumber = attachNumber;
    }

    /**
     * Id of the session.
     *
     * @return non-zero.
     */
    public long id()
    {
        return id;
    }

    /**
     * Time-out agreed when the session was created.
     *
     * @return milliseconds.
     */
    public int timeoutMs()
    {
        return timeoutMs;
    }

    /**
     * Server that holds the session.
     *
     * @return server id.
     */
    public long ownerServer()
    {
        return ownerServer;
    }

    /**
     * How often the session moved between servers.
     *
     * @return zero or more.
     */
    public long attachNumber()
    {
        return attachNumber;
    }

    /**
     * Whether it was born on a ZooKeeper whose data was imported: its client shows the password that ZooKeeper gave it.
     *
     * @return false for a session that was born here.
     */
    public boolean isImported()
    {
        return isImported;
    }

    /** Notes that it was born on a ZooKeeper. Replicated state, set when the session is added and never taken back. */
    public void imported()
    {
        isImported = true;
    }

    /**
     * Number of the last snapshot walk that wrote it.
     *
     * @return number of a walk, 0 for none.
     */
    public int walk()
    {
        return walk;
    }

    /**
     * A snapshot walk wrote it, or it was born during that walk.
     *
     * @param newWalk number of the walk.
     */
    public void walk(final int newWalk)
    {
        walk = newWalk;
    }

    /**
     * The session after it in the table.
     *
     * @return null at the end.
     */
    public Session nextInTable()
    {
        return nextInTable;
    }

    /**
     * Whether its end is prepared but perhaps not applied yet. Its writes are refused from then on, and requests are
     * prepared as if its ephemerals were gone.
     *
     * @return true from preparing the end to applying it.
     */
    public boolean isClosing()
    {
        return isClosing;
    }

    /** The end of the session is prepared. */
    public void closing()
    {
        isClosing = true;
    }

    /** Its end was prepared and could then not be proposed: it lives on. */
    public void notClosing()
    {
        isClosing = false;
    }

    /**
     * Server that will hold the session once everything that this leader prepared is applied.
     *
     * @return server id.
     */
    public long preparedOwner()
    {
        return preparedOwner;
    }

    /**
     * Attach number that the session will have once everything that this leader prepared is applied.
     *
     * @return {@link #attachNumber()} or more.
     */
    public long preparedAttachNumber()
    {
        return preparedAttachNumber;
    }

    /**
     * Whether a move is prepared and not applied yet, so that the client may be heard at one server or the other.
     *
     * @return true from preparing a move to applying it.
     */
    public boolean isMoving()
    {
        return preparedAttachNumber != attachNumber;
    }

    /**
     * A move is prepared, or taken back.
     *
     * @param owner  server that the session is going to.
     * @param number attach number that it gets.
     */
    public void prepared(final long owner, final long number)
    {
        preparedOwner = owner;
        preparedAttachNumber = number;
    }

    /** Forgets what a leader prepared and did not see applied: from now on only applied state counts. */
    void forgetPrepared()
    {
        isClosing = false;
        suspectRound = 0;
        heardIn = 0;
        endNs = NO_END;
        expiryTick = SessionExpiry.NOT_SCHEDULED;
        previous = null;
        next = null;
        preparedOwner = ownerServer;
        preparedAttachNumber = attachNumber;
    }

    /**
     * Time-out that was negotiated by the latest handshake. Each sign of life of the client is good for that long.
     *
     * @return milliseconds.
     */
    public int touchTimeoutMs()
    {
        return touchTimeoutMs;
    }

    /**
     * A handshake has negotiated another time-out.
     *
     * @param newTimeoutMs milliseconds.
     */
    public void touchTimeoutMs(final int newTimeoutMs)
    {
        touchTimeoutMs = newTimeoutMs;
    }

    /**
     * Connection of this server that serves the session.
     *
     * @return its id, 0 when there is none.
     */
    public long connectionId()
    {
        return connectionId;
    }

    /**
     * A connection took the session up (or left it: 0).
     *
     * @param newConnectionId its id.
     */
    public void connectionId(final long newConnectionId)
    {
        connectionId = newConnectionId;
    }

    /**
     * The heartbeat round that its server has to answer before an overdue session may be ended. Used by the leader.
     *
     * @return 0 while the session is not overdue.
     */
    public long suspectRound()
    {
        return suspectRound;
    }

    /**
     * The session has become overdue, or its client has been heard after all.
     *
     * @param round heartbeat round to wait for; 0 when it is not overdue any more.
     */
    public void suspectRound(final long round)
    {
        suspectRound = round;
    }

    /**
     * When the leader heard of it last, as the number of the attachment that its server was in at that time.
     *
     * @return 0 when this leader has not heard of it yet.
     */
    public long heardIn()
    {
        return heardIn;
    }

    /**
     * The leader hears that its client lives. If a time was fixed at which it ends, that is void.
     *
     * @param attachment number of the attachment that its server is in.
     */
    public void heardIn(final long attachment)
    {
        heardIn = attachment;
        endNs = NO_END;
    }

    /**
     * When an overdue session ends, unless the leader hears of it before.
     *
     * @return the leader's session clock in nanoseconds, {@link #NO_END} while no time is fixed.
     */
    public long endNs()
    {
        return endNs;
    }

    /**
     * The time at which it ends is fixed.
     *
     * @param newEndNs the leader's session clock in nanoseconds.
     */
    public void endNs(final long newEndNs)
    {
        endNs = newEndNs;
    }

    /**
     * Its client was heard at this server.
     *
     * @param watchNs clock that stands still while this server does.
     */
    public void heardNs(final long watchNs)
    {
        heardNs = watchNs;
    }

    /**
     * For how long this server has not heard its client.
     *
     * @param watchNs clock that stands still while this server does.
     * @return nanoseconds.
     */
    public long silentNs(final long watchNs)
    {
        return watchNs - heardNs;
    }

    /**
     * Whether the leader has given the session to this very process of this server. A client that comes back can then
     * be answered without asking the leader.
     *
     * @return false for a session that is elsewhere, or that an earlier process of this server held.
     */
    public boolean isHeld()
    {
        return isHeld;
    }

    /**
     * A transaction has given the session to some server.
     *
     * @param isHere whether that is this very process of this server.
     */
    public void held(final boolean isHere)
    {
        isHeld = isHere;
    }

    /**
     * Notes that its client was heard, which the leader is to be told.
     *
     * @param mark number of the present period between two reports to the leader; another one for each period.
     * @return false when that was noted in this period already.
     */
    public boolean touch(final long mark)
    {
        final boolean isNew = touchMark != mark;
        touchMark = mark;

        return isNew;
    }
}
