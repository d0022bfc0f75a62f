/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

/**
 * One session of a client. Its fields have three owners. Some are replicated state and change only when a transaction
 * is applied. Some belong to the leader: what it has prepared, and when the session expires. Some belong to the server
 * that holds the client's connection.
 */
public final class Session
{
    /** End of a session for which no time is fixed yet. */
    public static final long NO_END = Long.MAX_VALUE;

    private static final long NEVER_HEARD = Long.MIN_VALUE / 2;
    private static final long NOT_TOUCHED = 0;

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
    private long givenZxid;
    private long endNs = NO_END;
    long expiryTick = SessionExpiry.NOT_SCHEDULED;
    Session previous;
    Session next;

    /** Neighbors in the table, in the order in which they were added. */
    Session previousInTable;
    Session nextInTable;

    private long connectionId;
    private long touchMark = NOT_TOUCHED;
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
     * The time-out agreed when the session was created.
     *
     * @return milliseconds.
     */
    public int timeoutMs()
    {
        return timeoutMs;
    }

    /**
     * The server that holds the session.
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
     * Whether the session was created by a ZooKeeper server whose data was imported. Its client then shows the password
     * that ZooKeeper gave it.
     *
     * @return false for a session that was created here.
     */
    public boolean isImported()
    {
        return isImported;
    }

    /**
     * Marks the session as created by ZooKeeper. Replicated state, set when the session is added and never taken back.
     */
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
     * Marks the session as written by a snapshot walk, or as created during that walk.
     *
     * @param newWalk number of the walk.
     */
    public void walk(final int newWalk)
    {
        walk = newWalk;
    }

    /**
     * The next session in the table.
     *
     * @return null at the end.
     */
    public Session nextInTable()
    {
        return nextInTable;
    }

    /**
     * Whether the end of the session is prepared but perhaps not applied yet. From then on, its writes are refused, and
     * requests are prepared as if its ephemerals were gone.
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

    /** The end of the session was prepared but could not be proposed, so the session lives on. */
    public void notClosing()
    {
        isClosing = false;
    }

    /**
     * The server that will hold the session once everything that this leader prepared is applied.
     *
     * @return server id.
     */
    public long preparedOwner()
    {
        return preparedOwner;
    }

    /**
     * The attach number that the session will have once everything that this leader prepared is applied.
     *
     * @return {@link #attachNumber()} or more.
     */
    public long preparedAttachNumber()
    {
        return preparedAttachNumber;
    }

    /**
     * Whether a move is prepared and not applied yet. Until then the client may be heard at either server.
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

    /** Takes over what this process knew of the client before the state of the whole server was replaced. */
    void takeOver(final Session former)
    {
        touchTimeoutMs = former.touchTimeoutMs;
        heardNs = former.heardNs;
        isHeld = former.isHeld;
    }

    /** Forgets what a leader prepared and did not see applied. From now on only applied state counts. */
    void forgetPrepared()
    {
        isClosing = false;
        suspectRound = 0;
        heardIn = 0;
        givenZxid = 0;
        endNs = NO_END;
        expiryTick = SessionExpiry.NOT_SCHEDULED;
        previous = null;
        next = null;
        preparedOwner = ownerServer;
        preparedAttachNumber = attachNumber;
    }

    /**
     * The time-out that the latest handshake negotiated. Each sign of life of the client counts for that long.
     *
     * @return milliseconds.
     */
    public int touchTimeoutMs()
    {
        return touchTimeoutMs;
    }

    /**
     * A handshake negotiated another time-out. A sign of life that was noted before it is reported with the former one,
     * so the next is noted even in the same period.
     *
     * @param newTimeoutMs milliseconds.
     */
    public void touchTimeoutMs(final int newTimeoutMs)
    {
        touchMark = newTimeoutMs == touchTimeoutMs ? touchMark : NOT_TOUCHED;
        touchTimeoutMs = newTimeoutMs;
    }

    /**
     * The connection of this server that serves the session.
     *
     * @return its id, 0 when there is none.
     */
    public long connectionId()
    {
        return connectionId;
    }

    /**
     * A connection took the session up, or left it.
     *
     * @param newConnectionId its id; 0 when it left.
     */
    public void connectionId(final long newConnectionId)
    {
        connectionId = newConnectionId;
    }

    /**
     * The heartbeat round that the session's server has to answer before the leader may end an overdue session.
     *
     * @return 0 while the session is not overdue.
     */
    public long suspectRound()
    {
        return suspectRound;
    }

    /**
     * The session became overdue, or its client was heard after all.
     *
     * @param round heartbeat round to wait for; 0 when the session is not overdue any more.
     */
    public void suspectRound(final long round)
    {
        suspectRound = round;
    }

    /**
     * The attachment in which the session's server was when the leader last heard of the session.
     *
     * @return number of the attachment, 0 when this leader has not heard of the session yet.
     */
    public long heardIn()
    {
        return heardIn;
    }

    /**
     * The leader hears that the client lives. If a time was fixed for the end of the session, it no longer holds.
     *
     * @param attachment number of the attachment that the session's server is in.
     */
    public void heardIn(final long attachment)
    {
        heardIn = attachment;
        endNs = NO_END;
    }

    /**
     * The transaction that gave the session to its server.
     *
     * @return its zxid, 0 when that was before this leader's epoch.
     */
    public long givenZxid()
    {
        return givenZxid;
    }

    /**
     * A transaction of this leader gave the session to a server.
     *
     * @param zxid of that transaction.
     */
    public void givenZxid(final long zxid)
    {
        givenZxid = zxid;
    }

    /**
     * The time at which an overdue session ends unless the leader hears of it before.
     *
     * @return the leader's session clock in nanoseconds, {@link #NO_END} while no time is fixed.
     */
    public long endNs()
    {
        return endNs;
    }

    /**
     * Fixes the time at which the session ends.
     *
     * @param newEndNs the leader's session clock in nanoseconds.
     */
    public void endNs(final long newEndNs)
    {
        endNs = newEndNs;
    }

    /**
     * The client was heard at this server.
     *
     * @param nowNs monotonic time.
     */
    public void heardNs(final long nowNs)
    {
        heardNs = nowNs;
    }

    /**
     * How long this server has not heard the client.
     *
     * @param nowNs monotonic time. It also counts while this server stands still, because its leader does not wait.
     * @return nanoseconds.
     */
    public long silentNs(final long nowNs)
    {
        return nowNs - heardNs;
    }

    /**
     * Whether the leader gave the session to this very process. A client that comes back can then be answered without
     * asking the leader.
     *
     * @return false for a session that is elsewhere, or that an earlier process of this server held.
     */
    public boolean isHeld()
    {
        return isHeld;
    }

    /**
     * A transaction gave the session to a server.
     *
     * @param isHere whether that is this very process of this server.
     */
    public void held(final boolean isHere)
    {
        isHeld = isHere;
    }

    /**
     * Notes that the client was heard, which is to be reported to the leader.
     *
     * @param mark number of the present period between two reports to the leader, different for each period; not 0.
     * @return false when this was noted in this period already.
     */
    public boolean touch(final long mark)
    {
        final boolean isNew = touchMark != mark;
        touchMark = mark;

        return isNew;
    }
}
