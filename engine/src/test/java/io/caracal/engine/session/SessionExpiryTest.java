/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.caracal.engine.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionExpiryTest
{
    private static final long TICK_MS = 2000;
    private static final long TURN_MS = 1024 * TICK_MS;

    private final SessionTable table = new SessionTable();
    private final SessionExpiry expiry = new SessionExpiry(TICK_MS, 0);

    private Session session(final long id, final int timeoutMs)
    {
        return table.add(id, timeoutMs, 1, 0);
    }

    @Test
    void shouldExpireAtTheTickAfterTheDeadlineAndNeverEarlier()
    {
        final Session session = session(1, 5000);
        expiry.add(session, 1000);

        assertNull(expiry.pollOverdue(7999));
        assertSame(session, expiry.pollOverdue(8000));
        assertNull(expiry.pollOverdue(8000));
    }

    @Test
    void shouldLiveOnWithEveryTouch()
    {
        final Session session = session(1, 5000);
        expiry.add(session, 0);
        for (long nowMs = 0; nowMs < 100_000; nowMs += 4000)
        {
            assertNull(expiry.pollOverdue(nowMs));
            expiry.touch(session, nowMs);
        }
        assertSame(session, expiry.pollOverdue(110_000));
    }

    @Test
    void shouldForgetRemovedSessions()
    {
        final Session session = session(1, 5000);
        expiry.add(session, 0);
        expiry.remove(session);
        expiry.remove(session);
        expiry.touch(session, 100);

        assertNull(expiry.pollOverdue(1_000_000));
    }

    @Test
    void shouldExpireAtTheTickAfterAGivenDeadline()
    {
        final Session session = session(1, 5000);
        expiry.addUntil(session, 9000);

        assertEquals(7000, expiry.expiresInMs(session, 3000));
        assertNull(expiry.pollOverdue(9999));
        assertSame(session, expiry.pollOverdue(10_000));
        assertEquals(0, expiry.expiresInMs(session, 10_000));
    }

    @Test
    void shouldExpireAtTheNextTickWhatIsOverdueAgain()
    {
        final Session session = session(1, 5000);
        expiry.addAtNextTick(session, 7000);

        assertEquals(1000, expiry.untilNextTickMs(7000));
        assertNull(expiry.pollOverdue(7999));
        assertSame(session, expiry.pollOverdue(8000));
        assertEquals(TICK_MS, expiry.untilNextTickMs(8000), "a tick that begins now does not come any more");
    }

    /** A shorter time-out may be agreed when the client comes back. */
    @Test
    void shouldExpireEarlierWhenTheTimeOutGetsShorter()
    {
        final Session session = session(1, 20_000);
        expiry.add(session, 0);
        session.touchTimeoutMs(5000);
        expiry.touch(session, 1000);

        assertSame(session, expiry.pollOverdue(8000));
    }

    @Test
    void shouldWaitMoreThanOneTurnOfTheWheel()
    {
        final Session session = session(1, Integer.MAX_VALUE);
        expiry.add(session, 0);

        assertNull(expiry.pollOverdue(Integer.MAX_VALUE));
        assertSame(session, expiry.pollOverdue(Integer.MAX_VALUE + 2 * TICK_MS));
    }

    /** It is passed over in the turn in which the others end, which are before and after it in the list. */
    @Test
    void shouldEndWhatSharesAListWithASessionOfALaterTurn()
    {
        final Session before = session(1, 5000);
        final Session far = session(2, 5000 + (int)TURN_MS);
        final Session after = session(3, 5000);
        expiry.add(before, 0);
        expiry.add(far, 0);
        expiry.add(after, 0);

        assertSame(after, expiry.pollOverdue(6000));
        assertSame(before, expiry.pollOverdue(6000));
        assertNull(expiry.pollOverdue(6000));
        assertNull(expiry.pollOverdue(5999 + TURN_MS));
        assertSame(far, expiry.pollOverdue(6000 + TURN_MS));
    }

    @Test
    void shouldEndAtTheNextTickWhatIsAddedAfterItsDeadline()
    {
        assertNull(expiry.pollOverdue(10_000));
        final Session session = session(1, 5000);
        expiry.addUntil(session, 3000);

        assertNull(expiry.pollOverdue(11_999));
        assertSame(session, expiry.pollOverdue(12_000));
    }

    /** Sessions are touched and removed between two polls of the list that they are in. */
    @Test
    void shouldGoOnInAListThatChangesBetweenPolls()
    {
        final Session[] all = new Session[5];
        for (int i = 0; i < all.length; i++)
        {
            all[i] = session(i + 1, 5000);
            expiry.add(all[i], 0);
        }

        assertSame(all[4], expiry.pollOverdue(6000));
        expiry.remove(all[3]);
        expiry.touch(all[2], 6000);
        assertSame(all[1], expiry.pollOverdue(6000));
        all[4].touchTimeoutMs((int)TURN_MS - 1);
        expiry.add(all[4], 6000);
        assertSame(all[0], expiry.pollOverdue(6000));
        assertNull(expiry.pollOverdue(6000));
        assertSame(all[2], expiry.pollOverdue(12_000));
        assertSame(all[4], expiry.pollOverdue(6000 + TURN_MS));
    }

    @ParameterizedTest
    @ValueSource(longs = { TICK_MS, 10 })
    void shouldAgreeWithAModelOverRandomTouches(final long tickMs)
    {
        final SessionExpiry expiry = new SessionExpiry(tickMs, 0);
        final SeededRandom random = new SeededRandom(5);
        final List<Session> alive = new ArrayList<>();
        final long[] deadline = new long[500];
        long nowMs = 0;
        for (int i = 0; i < deadline.length; i++)
        {
            final Session session = session(i, 4000 + random.nextInt(36_000));
            expiry.add(session, nowMs);
            deadline[i] = nowMs + session.timeoutMs();
            alive.add(session);
        }
        while (!alive.isEmpty())
        {
            nowMs += random.nextInt(1500);
            for (Session overdue = expiry.pollOverdue(nowMs); overdue != null; overdue = expiry.pollOverdue(nowMs))
            {
                assertEquals(true, deadline[(int)overdue.id()] <= nowMs, "expired early");
                alive.remove(overdue);
            }
            for (final Session session : alive)
            {
                assertEquals(true, deadline[(int)session.id()] + tickMs >= nowMs, "expired late");
            }
            if (nowMs < 200_000)
            {
                for (int i = 0; i < alive.size(); i += 3)
                {
                    expiry.touch(alive.get(i), nowMs);
                    deadline[(int)alive.get(i).id()] = nowMs + alive.get(i).timeoutMs();
                }
            }
        }
    }
}
