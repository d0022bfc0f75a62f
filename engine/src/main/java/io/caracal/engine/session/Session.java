/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

/**
 * One session. The first group of fields is replicated state, changed only by applying a transaction; the second
 * belongs to the leader; the third to the server that holds the session's connection.
 */
public final class Session
{
    /** Stands for no end that is settled. */
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

    /** It was born on a ZooKeeper. Part of the replicated state; said when the session is added, never taken back. */
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
     * Whether its end is prepared: writes are refused, and its ephemerals are as good as gone.
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

    /** The preparation of its end could not be proposed: it lives on. */
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

    /** What a leadership prepared and did not see applied has not happened: only applied state counts again. */
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
     * Time-out negotiated by the latest handshake: what a touch extends the session by.
     *
     * @return milliseconds.
     */
    public int touchTimeoutMs()
    {
        return touchTimeoutMs;
    }

    /**
     * A handshake negotiated anew.
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
     * Heartbeat round whose answer decides whether the session, whose time is over, has ended.
     *
     * @return 0 when its time is not over.
     */
    public long suspectRound()
    {
        return suspectRound;
    }

    /**
     * Its time is over, or it gave a sign of life after all.
     *
     * @param round to be waited for, 0 for none.
     */
    public void suspectRound(final long round)
    {
        suspectRound = round;
    }

    /**
     * The attachment of its server in which the leader heard of it last.
     *
     * @return 0 when it was not heard of under this leader.
     */
    public long heardIn()
    {
        return heardIn;
    }

    /**
     * The leader hears of it: whatever was settled of its end is void.
     *
     * @param attachment of its server.
     */
    public void heardIn(final long attachment)
    {
        heardIn = attachment;
        endNs = NO_END;
    }

    /**
     * When it ends unless the leader hears of it, whatever becomes of its server.
     *
     * @return the leader's session clock in nanoseconds, {@link #NO_END} while that is not settled.
     */
    public long endNs()
    {
        return endNs;
    }

    /**
     * Its end is settled.
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
     * Whether the leader knows that this run of this server holds it: a client that comes back to it needs no leave.
     *
     * @return false for a session that an earlier run held.
     */
    public boolean isHeld()
    {
        return isHeld;
    }

    /**
     * A transaction gave it to a server.
     *
     * @param isHere whether to this run of this server.
     */
    public void held(final boolean isHere)
    {
        isHeld = isHere;
    }

    /**
     * Notes a sign of life that its leader has to hear of.
     *
     * @param mark of the time since the leader was told last, never used before.
     * @return false when it was noted already.
     */
    public boolean touch(final long mark)
    {
        final boolean isNew = touchMark != mark;
        touchMark = mark;

        return isNew;
    }
}
