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
 * Chooses the address of a host name to dial next. The addresses are tried in turn. The order follows the addresses
 * themselves and not their index, because name servers rotate their answers.
 * <p>
 * An address that swallowed an attempt, and so cost all of its time, is skipped for a while, because otherwise it would
 * cost every second attempt as much. It is skipped only if another address has answered before. If none has, the silent
 * address may be the only one at which the server listens, for example after a power failure.
 */
final class DialAddresses
{
    private static final long REST_LEAST_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long REST_MAX_NS = TimeUnit.MINUTES.toNanos(1);

    private final Map<InetAddress, Rest> rests = new HashMap<>();
    private final Set<InetAddress> answered = new HashSet<>();
    private InetAddress unanswered;

    /** How long an address is skipped. */
    private record Rest(long untilNs, long lengthNs)
    {
    }

    /**
     * Returns the address for the next attempt.
     *
     * @param addresses of the name, at least one.
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

    /** Records that somebody listens at the address. */
    void onAnswered(final InetAddress address)
    {
        rests.remove(address);
        answered.add(address);
    }

    /** Records that the address refused the connection at once: nobody listens there. */
    void onRefused(final InetAddress address)
    {
        unanswered = address;
        rests.remove(address);
    }

    /** Records that nothing came from the address during the whole time of an attempt. */
    void onSilent(final InetAddress address, final long nowNs)
    {
        unanswered = address;
        final Rest last = rests.get(address);
        final long lengthNs = last == null ? REST_LEAST_NS : Math.min(REST_MAX_NS, 2 * last.lengthNs());
        rests.put(address, new Rest(nowNs + lengthNs, lengthNs));
    }
}
