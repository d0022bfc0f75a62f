/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import io.caracal.engine.Invariant;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The last request of each server that became a transaction. For every server that ever handed in a request, the table
 * holds its incarnation (the count of its starts) and the sequence of that request. The table is part of the replicated
 * state. A request is taken only if it comes after the one noted here. So no request takes effect twice, even if it is
 * sent again to another leader.
 */
public final class OriginTable
{
    private final Long2ObjectHashMap<long[]> lastByServer = new Long2ObjectHashMap<>();

    /**
     * Whether a request comes after all requests of its origin that became transactions.
     *
     * @param server      origin.
     * @param incarnation its start counter.
     * @param sequence    of the request.
     * @return false when it became a transaction already, or a later one overtook it.
     */
    public boolean isNext(final long server, final long incarnation, final long sequence)
    {
        final long[] last = lastByServer.get(server);

        return last == null || incarnation > last[0] || (incarnation == last[0] && sequence > last[1]);
    }

    /**
     * A request of an origin became a transaction.
     *
     * @param server      origin.
     * @param incarnation its start counter.
     * @param sequence    of the request, greater than that of every request of the same incarnation before.
     */
    public void onTxn(final long server, final long incarnation, final long sequence)
    {
        final long[] last = lastByServer.get(server);
        if (last == null)
        {
            lastByServer.put(server, new long[]{ incarnation, sequence });
        }
        else
        {
            Invariant.check(isNext(server, incarnation, sequence), "a request of an origin came twice");
            last[0] = incarnation;
            last[1] = sequence;
        }
    }

    /**
     * The incarnation under which a server was last known.
     *
     * @param server its id.
     * @return 0 when no request of it was ever applied.
     */
    public long lastIncarnation(final long server)
    {
        final long[] last = lastByServer.get(server);

        return last == null ? 0 : last[0];
    }

    /**
     * Restores one row from a snapshot.
     *
     * @param server      origin.
     * @param incarnation its start counter.
     * @param sequence    last one applied.
     */
    public void restore(final long server, final long incarnation, final long sequence)
    {
        lastByServer.put(server, new long[]{ incarnation, sequence });
    }

    /** Forgets all rows: another state is being loaded. */
    public void clear()
    {
        lastByServer.clear();
    }

    /**
     * Ids of all origins, ascending. Cold paths only.
     *
     * @return a new array.
     */
    public long[] sortedServers()
    {
        final long[] servers = new long[lastByServer.size()];
        int i = 0;
        final Long2ObjectHashMap<long[]>.KeyIterator keys = lastByServer.keySet().iterator();
        while (keys.hasNext())
        {
            servers[i++] = keys.nextLong();
        }
        Arrays.sort(servers);

        return servers;
    }

    /**
     * Start counter of an origin.
     *
     * @param server one of {@link #sortedServers()}.
     * @return its start counter.
     */
    public long incarnation(final long server)
    {
        return lastByServer.get(server)[0];
    }

    /**
     * Last sequence of an origin.
     *
     * @param server one of {@link #sortedServers()}.
     * @return the sequence.
     */
    public long sequence(final long server)
    {
        return lastByServer.get(server)[1];
    }
}
