/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import io.caracal.engine.zab.PeerSender;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.agrona.collections.LongArrayList;

/**
 * Sessions whose clients this server has heard, but which may not be known to a leader yet. A leader certainly knows a
 * session when it has sent back the mark of a heartbeat answer that was sent later. What was under way when a
 * conversation ended is reported again in the next one, so this object outlives roles. Until a server has reported
 * everything, its leader does not conclude from missing reports that a client was silent.
 */
final class UntoldTouches
{
    /** Most sessions that one message can name. */
    private static final int TOUCHES_MAX = 2048;
    private static final int FIELDS = 2;
    private static final long NS_PER_MS = 1_000_000L;

    private final LongSupplier clock;
    private final SessionTable sessions;
    private final Predicate<Session> hasFrameWaiting;
    private final PeerSender sender;
    /**
     * Sessions that were named before a heartbeat answer whose mark has not come back yet. The leader may not know
     * them.
     */
    private Names told = new Names();
    /** The mark of that answer; of no use while {@link #told} is empty. */
    private long echoAwaited;
    /**
     * Sessions that were heard since that answer. Those at indexes below {@link #freshTold} have been named as well.
     */
    private Names fresh = new Names();
    private int freshTold;
    private long mark = 1;

    /** Sessions with their time-outs and the times at which they were heard. */
    private static final class Names
    {
        private final LongArrayList pairs = new LongArrayList();
        private final LongArrayList heardNs = new LongArrayList();

        private int size()
        {
            return heardNs.size();
        }

        private void add(final long sessionId, final long timeoutMs, final long whenNs)
        {
            pairs.addLong(sessionId);
            pairs.addLong(timeoutMs);
            heardNs.addLong(whenNs);
        }

        /**
         * Adds the sessions that were heard within their time-out. The leader need not be told of the others: they are
         * over if nothing else was heard.
         */
        private void addRecent(final Names from, final long nowNs)
        {
            for (int i = 0; i < from.size(); i++)
            {
                final long timeoutMs = from.pairs.getLong(FIELDS * i + 1);
                if (nowNs - from.heardNs.getLong(i) <= timeoutMs * NS_PER_MS)
                {
                    add(from.pairs.getLong(FIELDS * i), timeoutMs, from.heardNs.getLong(i));
                }
            }
        }

        private void clear()
        {
            pairs.clear();
            heardNs.clear();
        }
    }

    /**
     * Begins with nobody heard.
     *
     * @param clock           monotonic time.
     * @param sessions        all that there are.
     * @param hasFrameWaiting whether the client of a session has sent something that is not taken yet.
     * @param sender          to the leader.
     */
    UntoldTouches(final LongSupplier clock, final SessionTable sessions, final Predicate<Session> hasFrameWaiting,
        final PeerSender sender)
    {
        this.clock = clock;
        this.sessions = sessions;
        this.hasFrameWaiting = hasFrameWaiting;
        this.sender = sender;
    }

    /** The client of a session gave a sign of life. The leader hears of it with the next answer. */
    void add(final Session session)
    {
        session.heardNs(clock.getAsLong());
        if (session.touch(mark))
        {
            fresh.add(session.id(), session.touchTimeoutMs(), clock.getAsLong());
        }
    }

    /** A conversation begins. What the last leader may not know is reported again. */
    void repeat()
    {
        final Names all = new Names();
        all.addRecent(told, clock.getAsLong());
        all.addRecent(fresh, clock.getAsLong());
        told.clear();
        fresh = all;
        freshTold = 0;
        mark++;
    }

    /**
     * From now on clients are served. Everything is reported again. Connected clients are reported in any case, because
     * a new leader does not know which time-outs were agreed on. So are clients that are away, if they agreed on more
     * time than the history says. But a client that has been silent for its whole time-out gave no sign of life, unless
     * it has sent something that is not taken yet.
     */
    void begin()
    {
        repeat();
        for (final long sessionId : sessions.sortedIds())
        {
            final Session session = sessions.find(sessionId);
            if (session.connectionId() != 0 || hasMoreTime(session))
            {
                addKnown(session);
            }
        }
    }

    private static boolean hasMoreTime(final Session session)
    {
        return session.isHeld() && session.touchTimeoutMs() > session.timeoutMs();
    }

    private void addKnown(final Session session)
    {
        if (!isMute(session) && session.touch(mark))
        {
            fresh.add(session.id(), session.touchTimeoutMs(),
                clock.getAsLong() - session.silentNs(clock.getAsLong()));
        }
        else if (isMute(session) && hasFrameWaiting.test(session))
        {
            add(session);
        }
    }

    private boolean isMute(final Session session)
    {
        return session.silentNs(clock.getAsLong()) > session.touchTimeoutMs() * NS_PER_MS;
    }

    /**
     * Sends the leader as many names as the stream takes. Returns the number of messages. A session that is heard after
     * it was named is named again, because the rest may take its time.
     */
    int tell(final long leader, final long conversation)
    {
        int sent = 0;
        while (freshTold < fresh.size())
        {
            final int count = Math.min(TOUCHES_MAX, fresh.size() - freshTold);
            if (!sender.touches(leader, conversation, fresh.pairs, freshTold, count))
            {
                return sent;
            }
            freshTold += count;
            mark++;
            sent++;
        }

        return sent;
    }

    boolean areAllTold()
    {
        return freshTold == fresh.size();
    }

    /** A heartbeat answer was sent after all sessions were named. When its mark comes back, the leader knows them. */
    void onAnswered(final long answerMark)
    {
        mark++;
        if (told.size() == 0)
        {
            final Names empty = told;
            told = fresh;
            fresh = empty;
            freshTold = 0;
            echoAwaited = answerMark;
        }
    }

    /** A mark has come back, so the leader has received that answer and all sessions that were named before it. */
    void onEcho(final long answerMark)
    {
        if (answerMark >= echoAwaited)
        {
            told.clear();
        }
    }
}
