/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * At which address of a name the next attempt is: one after the other, wherever an answer has put it by now, since
 * servers of names turn their answers. An address that swallowed an attempt, which took all of its time, is passed by
 * for a while as long as there is another one that has answered before: else it would cost each second attempt as
 * much. Where none has, the silent one may be the only one at which the server listens, as after a loss of power.
 */
final class DialAddresses
{
    private static final long REST_LEAST_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long REST_MAX_NS = TimeUnit.MINUTES.toNanos(1);

    private final Map<InetAddress, Rest> rests = new HashMap<>();
    private final Set<InetAddress> answered = new HashSet<>();
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
        answered.retainAll(addresses);
        int index = unanswered == null ? 0 : addresses.indexOf(unanswered) + 1;

        if (addresses.stream().anyMatch(address -> answered.contains(address) && !isResting(address, nowNs)))
        {
            while (isResting(addresses.get(index % addresses.size()), nowNs))
            {
                index++;
            }
        }

        return addresses.get(index % addresses.size());
    }

    private boolean isResting(final InetAddress address, final long nowNs)
    {
        final Rest rest = rests.get(address);

        return rest != null && nowNs - rest.untilNs() < 0;
    }

    /** Somebody listens there. */
    void onAnswered(final InetAddress address)
    {
        rests.remove(address);
        answered.add(address);
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
