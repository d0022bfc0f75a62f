/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static io.caracal.server.config.ServerProperty.CONNECTION_DECREASE_RATIO;
import static io.caracal.server.config.ServerProperty.CONNECTION_DROP_DECREASE;
import static io.caracal.server.config.ServerProperty.CONNECTION_DROP_INCREASE;
import static io.caracal.server.config.ServerProperty.CONNECTION_FILL_COUNT;
import static io.caracal.server.config.ServerProperty.CONNECTION_FILL_TIME;
import static io.caracal.server.config.ServerProperty.CONNECTION_FREEZE_TIME;
import static io.caracal.server.config.ServerProperty.CONNECTION_TOKENS;
import static io.caracal.server.config.ServerProperty.CONNECTION_WEIGHTS;
import static io.caracal.server.config.ServerProperty.CONNECTION_WEIGHT_GLOBAL;
import static io.caracal.server.config.ServerProperty.CONNECTION_WEIGHT_LOCAL;
import static io.caracal.server.config.ServerProperty.CONNECTION_WEIGHT_RENEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.metrics.Summary;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keys of the connection throttle: how many tokens there are, what takes them, and how they come back. */
final class ThrottleKeys
{
    private static final int TRIES = 3;
    private static final int NOTICE_MS = 2;
    /** Fill time in ms of buckets that fill during a test, in which a few connections can be made. */
    private static final int FILL_MS = 100;
    private static final String NEVER = "connection_throttle_fill_time=2147483647";
    private static final String SOON = fills(FILL_MS);
    private static final String DROPS = "connection_throttle_freeze_time=0";
    private static final String WEIGHTS = "connection_throttle_weight_enabled=true";

    private ThrottleKeys()
    {
    }

    static Stream<KeyProof> rows()
    {
        return Stream.of(
            new KeyProof(CONNECTION_TOKENS, ThrottleKeys::takesAsManyAsThereAre),
            new KeyProof(CONNECTION_FILL_TIME, ThrottleKeys::fillsInTime),
            new KeyProof(CONNECTION_FILL_COUNT, ThrottleKeys::fillsByCount),
            new KeyProof(CONNECTION_FREEZE_TIME, server -> dropsByChance(server,
                "connection_throttle_drop_increase=1\nconnection_throttle_freeze_time=-1",
                "connection_throttle_drop_increase=1\n" + DROPS)),
            new KeyProof(CONNECTION_DROP_INCREASE, server -> dropsByChance(server,
                "connection_throttle_drop_increase=0\n" + DROPS, "connection_throttle_drop_increase=1\n" + DROPS)),
            new KeyProof(CONNECTION_DROP_DECREASE, server -> dropsByChance(server,
                "connection_throttle_drop_increase=1\nconnection_throttle_drop_decrease=1\n" + DROPS,
                "connection_throttle_drop_increase=1\nconnection_throttle_drop_decrease=0\n" + DROPS)),
            new KeyProof(CONNECTION_DECREASE_RATIO, ThrottleKeys::stopsDroppingBeforeTheBucketIsFull),
            new KeyProof(CONNECTION_WEIGHTS, server -> renews(server, 2, weights(10, 1, 1), 1,
                weights(10, 1, 1).replace("true", "false"))),
            new KeyProof(CONNECTION_WEIGHT_GLOBAL, server -> renews(server, 2, weights(10, 5, 1), 1, weights(5, 5, 1))),
            new KeyProof(CONNECTION_WEIGHT_RENEW, server -> renews(server, 2, weights(10, 5, 1), 1, weights(10, 6, 1))),
            new KeyProof(CONNECTION_WEIGHT_LOCAL, server -> renews(server, 2, weights(10, 5, 1), 1,
                weights(10, 5, 7))));
    }

    private static String weights(final int global, final int renew, final int local)
    {
        return "connection_throttle_tokens=2\n" + NEVER + "\n" + WEIGHTS +
            "\nconnection_throttle_global_session_weight=" + global + "\nconnection_throttle_renew_session_weight=" +
            renew + "\nconnection_throttle_local_session_weight=" + local;
    }

    private static void takesAsManyAsThereAre(final ReloadedServer server) throws IOException
    {
        LimitKeys.takesOneThenTwo(server, "connection_throttle_tokens=1\n" + NEVER,
            "connection_throttle_tokens=3\n4lw.commands.whitelist=mntr\n" + NEVER);
        assertTrue(server.isServed(), "a third");
        final Summary deficits = server.metrics().tokenDeficits();
        assertTrue(deficits.max() >= 2, "tokens that were missing at most: " + deficits.max());
        final String monitored = Words.ask(server.address(), "mntr");
        assertTrue(monitored.contains("\nzk_max_connection_token_deficit\t" + deficits.max() + "\n"), monitored);
        assertTrue(monitored.contains("\nzk_cnt_connection_token_deficit\t" + deficits.count() + "\n"), monitored);
    }

    private static void fillsInTime(final ReloadedServer server) throws IOException
    {
        server.reload("connection_throttle_tokens=1\n" + NEVER);
        assertTrue(server.isServed());
        assertFalse(server.isServed());
        server.reload("connection_throttle_tokens=1\n" + SOON);
        assertTrue(server.isServed());
        ReloadedServer.await("another token", server::isServed);
    }

    /** Buckets that fill again serve any number of clients, which stay; only the throttle shall turn clients away. */
    private static String fills(final int fillMs)
    {
        return "maxClientCnxns=0\nconnection_throttle_fill_time=" + fillMs;
    }

    /** Tokens come back one by one, or so many at once that the bucket is full. All must be taken before. */
    private static void fillsByCount(final ReloadedServer server) throws IOException
    {
        server.reload("connection_throttle_tokens=4\nconnection_throttle_fill_count=1000\n" + fills(10 * FILL_MS));
        ReloadedServer.await("an empty bucket", () -> !server.isServed());
        ReloadedServer.await("a full bucket", server::isServed);
        for (int i = 0; i < 3; i++)
        {
            assertTrue(server.isServed(), "token " + i + " of those that came together");
        }
    }

    private static void dropsByChance(final ReloadedServer server, final String no, final String yes) throws IOException
    {
        server.reload("connection_throttle_tokens=1\n" + SOON + "\n" + no);
        assertFalse(isDroppedWithATokenThere(server));
        server.reload("connection_throttle_tokens=1\n4lw.commands.whitelist=mntr\n" + SOON + "\n" + yes);
        ReloadedServer.await("nobody to be dropped with a new bucket", () -> isToldToDrop(server, "0\\.0"));
        assertTrue(isDroppedWithATokenThere(server));
        ReloadedServer.await("mntr to tell that nearly all are dropped", () -> isToldToDrop(server,
            "(1\\.0|0\\.9[0-9]*)"));
    }

    private static boolean isToldToDrop(final ReloadedServer server, final String probability) throws IOException
    {
        return Pattern.compile("\nzk_connection_drop_probability\t" + probability + "\n")
            .matcher(Words.ask(server.address(), "mntr")).find();
    }

    /**
     * Taking over a session empties a bucket that would take longer than the test to fill; one token comes back soon.
     */
    private static void stopsDroppingBeforeTheBucketIsFull(final ReloadedServer server) throws IOException
    {
        final String keys = "connection_throttle_tokens=100000\n" + SOON + "\n" + DROPS + "\n" + WEIGHTS +
            "\nconnection_throttle_drop_increase=1\nconnection_throttle_drop_decrease=1\n" +
            "connection_throttle_global_session_weight=1\nconnection_throttle_renew_session_weight=100000\n";
        final RawClient session = server.open();
        server.reload(keys + "connection_throttle_decrease_ratio=0");
        assertTrue(server.isRenewed(session));
        assertTrue(isDroppedWithATokenThere(server));
        server.reload(keys + "connection_throttle_decrease_ratio=1");
        assertTrue(server.isRenewed(session));
        assertFalse(isDroppedWithATokenThere(server));
    }

    /**
     * Whether a connection is dropped although there is a token. The probability is 1 or 0 here: once the bucket was
     * found empty, nearly everybody is dropped, or nobody is.
     */
    private static boolean isDroppedWithATokenThere(final ReloadedServer server) throws IOException
    {
        for (int i = 0; i < TRIES; i++)
        {
            ReloadedServer.await("a bucket that is found empty", () -> isFoundEmptyTwice(server));
            pass(2 * FILL_MS + 2);
            if (!server.isServed())
            {
                return true;
            }
        }

        return false;
    }

    /**
     * The throttle updates the probability at most once in a millisecond, so it is asked again a millisecond later. If
     * that took so long that a token came back, it is to be asked anew.
     */
    private static boolean isFoundEmptyTwice(final ReloadedServer server) throws IOException
    {
        if (server.isServed())
        {
            return false;
        }

        pass(NOTICE_MS);
        return !server.isServed();
    }

    private static void pass(final long ms)
    {
        final long beginNs = System.nanoTime();
        while (System.nanoTime() - beginNs < TimeUnit.MILLISECONDS.toNanos(ms))
        {
            Poll.rest();
        }
    }

    /** Checks how often a session can be taken over after its creation has taken tokens from a full bucket. */
    private static void renews(final ReloadedServer server, final int firstCount, final String first,
        final int thenCount, final String then) throws IOException
    {
        server.reload(first);
        assertRenewals(server, firstCount);
        server.reload(then);
        assertRenewals(server, thenCount);
    }

    private static void assertRenewals(final ReloadedServer server, final int count) throws IOException
    {
        final RawClient session = server.open();
        for (int i = 0; i < 2; i++)
        {
            assertEquals(i < count, server.isRenewed(session), "renewal " + i);
        }
    }
}
