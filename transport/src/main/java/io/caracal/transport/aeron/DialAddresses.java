/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * At which address of a name the next attempt is: one after the other, wherever an answer has put it by now, since
 * servers of names turn their answers. An address that swallowed an attempt, which took all of its time, is passed by
 * for a while as long as there are others: else it would cost each second attempt as much.
 */
final class DialAddresses
{
    private static final long REST_LEAST_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long REST_MAX_NS = TimeUnit.MINUTES.toNanos(1);

    private final Map<InetAddress, Rest> rests = new HashMap<>();
    private InetAddress unanswered;

    /** How long an address is passed by. */
    private record Rest(long untilNs, long lengthNs)
    {
    }

    /**
     * The one for the next attempt.
     *
     * @param addresses of the name, one at least.
     * @param nowNs     the time.
     */
    InetAddress next(final List<InetAddress> addresses, final long nowNs)
    {
        rests.keySet().retainAll(addresses);
        final int first = unanswered == null ? 0 : addresses.indexOf(unanswered) + 1;

        for (int i = 0; i < addresses.size(); i++)
        {
            final InetAddress address = addresses.get((first + i) % addresses.size());
            final Rest rest = rests.get(address);

            if (rest == null || nowNs - rest.untilNs() >= 0)
            {
                return address;
            }
        }

        return addresses.get(first % addresses.size());
    }

    /** Somebody listens there. */
    void onAnswered(final InetAddress address)
    {
        rests.remove(address);
    }

    /** Nobody listens there, as was told at once. */
    void onRefused(final InetAddress address)
    {
        unanswered = address;
        rests.remove(address);
    }

    /** Nothing came from there in all the time of an attempt. */
    void onSilent(final InetAddress address, final long nowNs)
    {
        unanswered = address;
        final Rest last = rests.get(address);
        final long lengthNs = last == null ? REST_LEAST_NS : Math.min(REST_MAX_NS, 2 * last.lengthNs());
        rests.put(address, new Rest(nowNs + lengthNs, lengthNs));
    }
}
