/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DialAddressesTest
{
    private static final long FIRST_REST_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_REST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int ATTEMPTS = 6;

    private final DialAddresses addresses = new DialAddresses();
    private final InetAddress one = loopback(1);
    private final InetAddress two = loopback(2);
    private final InetAddress three = loopback(3);
    private long nowNs = Long.MAX_VALUE - FIRST_REST_NS / 2;

    @Test
    void shouldTakeOneAfterTheOther()
    {
        for (final InetAddress expected : List.of(one, two, three, one))
        {
            assertEquals(expected, next(one, two, three));
            addresses.onRefused(expected);
        }
    }

    @Test
    void shouldStayWithOneThatAnswers()
    {
        addresses.onRefused(one);
        addresses.onAnswered(two);
        assertEquals(two, next(one, two));
    }

    @Test
    void shouldPassByOneThatSwallowedAnAttempt()
    {
        addresses.onAnswered(two);
        addresses.onSilent(one, nowNs);

        for (int i = 0; i < ATTEMPTS; i++)
        {
            assertEquals(two, next(one, two));
            addresses.onRefused(two);
        }

        nowNs += FIRST_REST_NS;
        assertEquals(one, next(one, two));
    }

    @Test
    void shouldPassItByLongerEachTimeUpToAMinute()
    {
        addresses.onAnswered(two);
        long restNs = FIRST_REST_NS;

        for (int i = 0; i < ATTEMPTS; i++)
        {
            addresses.onSilent(one, nowNs);
            addresses.onRefused(two);
            nowNs += restNs - 1;
            assertEquals(two, next(one, two));
            nowNs++;
            assertEquals(one, next(one, two));
            restNs = Math.min(LONGEST_REST_NS, 2 * restNs);
        }
    }

    /**
     * A server that loses power swallows attempts at the address where it listens. Once it is back, it refuses them at
     * its other addresses.
     */
    @Test
    void shouldNotPassItByForOnesThatNeverAnswered()
    {
        addresses.onSilent(one, nowNs);
        addresses.onRefused(two);
        addresses.onRefused(three);
        assertEquals(one, next(one, two, three));
    }

    @Test
    void shouldTryAllThatDoNotRestWhereOneHasAnswered()
    {
        addresses.onAnswered(three);
        addresses.onSilent(one, nowNs);

        for (final InetAddress expected : List.of(two, three, two, three))
        {
            assertEquals(expected, next(one, two, three));
            addresses.onRefused(expected);
        }
    }

    @Test
    void shouldForgetItsSilenceWhenItAnswers()
    {
        addresses.onAnswered(two);
        addresses.onSilent(one, nowNs);
        addresses.onSilent(one, nowNs);
        addresses.onAnswered(one);
        addresses.onSilent(one, nowNs);
        addresses.onRefused(two);
        nowNs += FIRST_REST_NS;
        assertEquals(one, next(one, two));
    }

    @Test
    void shouldTakeOneAfterTheOtherWhereAllAreSilent()
    {
        for (final InetAddress expected : List.of(one, two, one, two))
        {
            assertEquals(expected, next(one, two));
            addresses.onSilent(expected, nowNs);
        }
    }

    private InetAddress next(final InetAddress... known)
    {
        return addresses.next(List.of(known), nowNs);
    }

    private static InetAddress loopback(final int last)
    {
        try
        {
            return InetAddress.getByAddress(new byte[]{ 127, 0, 0, (byte)last });
        }
        catch (final UnknownHostException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
