/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerStream;
import java.util.function.IntSupplier;

/**
 * Reads all links in a fixed order: live messages first, until no more have come, so that no server that spoke is taken
 * for silent; then a bounded number of requests and of bulk messages. What the engine refuses stays until the next
 * poll.
 */
final class StreamRounds
{
    /** Maximum of rounds in a poll. Each round takes what one look at the sockets brings. */
    static final int ROUNDS_MAX = 4096;

    private static final int LIVE_FRAGMENTS_MAX = 512;
    private static final int BITE_FRAGMENTS_MAX = 64;

    private final IntSupplier driver;
    private final IntSupplier packetsMax;
    private final PeerLink[] links;
    private long pollCount;
    private int passRounds;
    private boolean isDrained = true;
    private boolean isRefused;

    StreamRounds(final DriverKeeper driver, final PeerLink[] links)
    {
        this(driver::invoke, driver::packetsMax, links);
    }

    /**
     * Does not poll anything yet.
     *
     * @param driver     runs the driver for one cycle and returns how much it did.
     * @param packetsMax how many packets a socket can hold.
     * @param links      with other servers.
     */
    StreamRounds(final IntSupplier driver, final IntSupplier packetsMax, final PeerLink[] links)
    {
        this.driver = driver;
        this.packetsMax = packetsMax;
        this.links = links;
    }

    /** Lets the links and their streams go on, and hands over what has come. */
    int poll(final PeerHandler handler, final long nowNs)
    {
        isRefused = false;
        pollCount++;

        return pollLive(handler, nowNs) + pollBite(PeerStream.REQUESTS, handler) + pollBite(PeerStream.BULK, handler);
    }

    /** Records that this process may have been stopped, so what came meanwhile is still in the sockets. */
    void onStop()
    {
        passRounds = 0;
    }

    /**
     * Whether the last poll handed over every live message that had come. A round takes a packet from each socket. If
     * there is always more to do, what a socket held is read after as many rounds as the socket can hold packets.
     */
    boolean isDrained()
    {
        return isDrained;
    }

    /** Whether the engine refused a message in the last poll. */
    boolean isRefused()
    {
        return isRefused;
    }

    private int pollLive(final PeerHandler handler, final long nowNs)
    {
        int workCount = 0;
        int rounds = 0;
        int roundWork;

        do
        {
            roundWork = driver.getAsInt();

            for (final PeerLink link : links)
            {
                roundWork += link.poll(handler, nowNs);
            }

            for (final PeerLink link : links)
            {
                roundWork += pollStream(link, PeerStream.LIVE, handler, LIVE_FRAGMENTS_MAX);
            }

            workCount += roundWork;
        }
        while (roundWork > 0 && ++rounds < ROUNDS_MAX);

        passRounds = roundWork == 0 || isRefused ? 0 : Math.min(passRounds + rounds, ROUNDS_MAX +
            packetsMax.getAsInt());
        isDrained = !isRefused && (roundWork == 0 || passRounds > packetsMax.getAsInt());

        return workCount;
    }

    private int pollBite(final PeerStream stream, final PeerHandler handler)
    {
        int workCount = 0;

        for (final PeerLink link : links)
        {
            workCount += pollStream(link, stream, handler, BITE_FRAGMENTS_MAX);
        }

        return workCount;
    }

    private int pollStream(final PeerLink link, final PeerStream stream, final PeerHandler handler, final int limit)
    {
        if (!link.isDelivering())
        {
            return 0;
        }

        final InboundStream in = link.generation().inbound(stream);

        if (in.isRefusedIn(pollCount))
        {
            return 0;
        }

        final int count = in.poll(handler, limit, pollCount);
        isRefused |= in.isRefusedIn(pollCount);

        return count;
    }
}
