/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

/**
 * Tells the leader which sessions are overdue. The deadline of a session is rounded up to a tick, so a session ends at
 * most one tick late and never early. A sign of life mostly moves the deadline within the same tick, and then costs no
 * more than a comparison.
 * <p>
 * The ticks form a timer wheel: an array of lists of sessions. A session whose tick is more than one turn ahead is in
 * the same list as those of the earlier turns, and is passed over in them. Each list is gone through once in a turn,
 * however often it is polled.
 */
public final class SessionExpiry
{
    private static final int WHEEL_LENGTH = 1024;
    static final long NOT_SCHEDULED = Long.MIN_VALUE;

    private final Session[] wheel = new Session[WHEEL_LENGTH];
    private final long tickTimeMs;
    private long lastTick;
    private Session nextInLastTick;

    /**
     * Creates an empty wheel.
     *
     * @param tickTimeMs length of a tick in milliseconds, greater than zero.
     * @param nowMs      the leader's session clock.
     */
    public SessionExpiry(final long tickTimeMs, final long nowMs)
    {
        this.tickTimeMs = tickTimeMs;
        lastTick = nowMs / tickTimeMs;
    }

    /**
     * Schedules a session; its deadline is one time-out from now.
     *
     * @param session not scheduled so far.
     * @param nowMs   session clock.
     */
    public void add(final Session session, final long nowMs)
    {
        link(session, tickOf(session, nowMs));
    }

    /**
     * Schedules a session that has already timed out: it is overdue at the next tick.
     *
     * @param session not scheduled so far.
     * @param nowMs   session clock.
     */
    public void addAtNextTick(final Session session, final long nowMs)
    {
        link(session, nowMs / tickTimeMs + 1);
    }

    /**
     * Schedules a session with a given deadline instead of one time-out from now.
     *
     * @param session not scheduled so far.
     * @param endMs   session clock at which it times out; when that is over, it is overdue at the next tick.
     */
    public void addUntil(final Session session, final long endMs)
    {
        link(session, endMs / tickTimeMs + 1);
    }

    /**
     * A sign of life moves the deadline. Has no effect on a session that is not scheduled.
     *
     * @param session which.
     * @param nowMs   session clock.
     */
    public void touch(final Session session, final long nowMs)
    {
        if (session.expiryTick != NOT_SCHEDULED && !isWithinTick(session, nowMs))
        {
            unlink(session);
            link(session, tickOf(session, nowMs));
        }
    }

    /**
     * Removes a session, whether it was scheduled or not.
     *
     * @param session which.
     */
    public void remove(final Session session)
    {
        if (session.expiryTick != NOT_SCHEDULED)
        {
            unlink(session);
            session.expiryTick = NOT_SCHEDULED;
        }
    }

    /**
     * Takes out one session whose deadline has passed. Call it again until it returns null.
     *
     * @param nowMs session clock, never earlier than at the call before.
     * @return an overdue session, no longer scheduled, or null.
     */
    public Session pollOverdue(final long nowMs)
    {
        final long nowTick = nowMs / tickTimeMs;
        Session overdue = pollLastTick(nowTick);
        while (overdue == null && lastTick < nowTick)
        {
            lastTick = Math.max(lastTick + 1, nowTick - WHEEL_LENGTH + 1);
            nextInLastTick = wheel[slot(lastTick)];
            overdue = pollLastTick(nowTick);
        }

        return overdue;
    }

    private Session pollLastTick(final long nowTick)
    {
        while (nextInLastTick != null && nextInLastTick.expiryTick > nowTick)
        {
            nextInLastTick = nextInLastTick.next;
        }

        final Session overdue = nextInLastTick;
        if (overdue != null)
        {
            remove(overdue);
        }

        return overdue;
    }

    /**
     * The time until the next tick begins.
     *
     * @param nowMs session clock.
     * @return milliseconds from now, greater than zero.
     */
    public long untilNextTickMs(final long nowMs)
    {
        return (nowMs / tickTimeMs + 1) * tickTimeMs - nowMs;
    }

    /**
     * The time that a session has left.
     *
     * @param session scheduled.
     * @param nowMs   session clock.
     * @return milliseconds until the tick at which it ends.
     */
    public long expiresInMs(final Session session, final long nowMs)
    {
        return session.expiryTick == NOT_SCHEDULED ? 0 : session.expiryTick * tickTimeMs - nowMs;
    }

    private long tickOf(final Session session, final long nowMs)
    {
        return (nowMs + session.touchTimeoutMs()) / tickTimeMs + 1;
    }

    /**
     * Whether the new deadline is in the session's present tick. Multiplies, because division is slow and this is hot.
     */
    private boolean isWithinTick(final Session session, final long nowMs)
    {
        final long intoTickMs = nowMs + session.touchTimeoutMs() - (session.expiryTick - 1) * tickTimeMs;

        return intoTickMs >= 0 && intoTickMs < tickTimeMs;
    }

    private static int slot(final long tick)
    {
        return (int)(tick & (WHEEL_LENGTH - 1));
    }

    /** Puts a session into the list of a tick; of the next one if that tick is over, because its list is passed. */
    private void link(final Session session, final long tick)
    {
        session.expiryTick = Math.max(tick, lastTick + 1);
        final int slot = slot(session.expiryTick);
        final Session head = wheel[slot];
        session.next = head;
        session.previous = null;
        if (head != null)
        {
            head.previous = session;
        }
        wheel[slot] = session;
    }

    private void unlink(final Session session)
    {
        if (session == nextInLastTick)
        {
            nextInLastTick = session.next;
        }

        if (session.previous == null)
        {
            wheel[slot(session.expiryTick)] = session.next;
        }
        else
        {
            session.previous.next = session.next;
        }

        if (session.next != null)
        {
            session.next.previous = session.previous;
        }
        session.previous = null;
        session.next = null;
    }
}
