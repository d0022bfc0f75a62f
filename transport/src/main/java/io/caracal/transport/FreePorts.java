/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;

/**
 * Finds ports of 127.0.0.1 that are free for both TCP and UDP, for servers that must be told their ports before they
 * listen.
 * <p>
 * The ports lie outside of the range from which the system serves programs that ask for any port. Otherwise an outgoing
 * connection could take a port before its server listens, or while that server is down. A client that calls a server
 * that is down could even be given the very port that it calls, and be connected with itself.
 * <p>
 * A process gets no port twice until all have been given out. Another process that looks for ports by itself may still
 * take one, so callers have to expect that.
 */
public final class FreePorts
{
    /** Below this lie the ports of well-known services. */
    private static final int FIRST = 10_000;

    private static final int LAST = 65_535;
    private static final Path SYSTEM_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final FreePorts OF_PROCESS = new FreePorts(Range.outside(systemRange()), new SplittableRandom()
        .nextInt(LAST));

    private final Range range;
    private final AtomicInteger next;

    /** A range of ports, first and last included. */
    record Range(int first, int last)
    {
        int size()
        {
            return last - first + 1;
        }

        boolean contains(final int port)
        {
            return first <= port && port <= last;
        }

        /** Returns the larger part of what the system does not give away, or all ports if it gives away everything. */
        static Range outside(final Range system)
        {
            final Range below = new Range(FIRST, system.first - 1);
            final Range above = new Range(Math.max(FIRST, system.last + 1), LAST);
            final Range larger = below.size() >= above.size() ? below : above;

            return larger.size() > 0 ? larger : new Range(FIRST, LAST);
        }
    }

    /** Looks for ports in a range, one after the other. */
    FreePorts(final Range range, final int start)
    {
        this.range = range;
        next = new AtomicInteger(start);
    }

    /** Finds one free port. */
    public static int find()
    {
        return find(1)[0];
    }

    /**
     * Finds free ports. All are held until the last one is found.
     *
     * @param count how many, 1 or more.
     * @return that many distinct ports.
     * @throws UncheckedIOException when there are not that many.
     */
    public static int[] find(final int count)
    {
        return OF_PROCESS.take(count);
    }

    int[] take(final int count)
    {
        final Deque<AutoCloseable> held = new ArrayDeque<>();
        final int[] ports = new int[count];
        int found = 0;

        try
        {
            for (int tries = 0; tries < range.size() && found < count; tries++)
            {
                ports[found] = range.first() + Math.floorMod(next.getAndIncrement(), range.size());
                found += tryHold(held, ports[found]) ? 1 : 0;
            }
        }
        finally
        {
            CloseHelper.closeAll(held);
        }

        if (found < count)
        {
            throw new UncheckedIOException(new IOException("of " + count + " ports only " + found +
                " were found free from " + range.first() + " to " + range.last()));
        }

        return ports;
    }

    private static boolean tryHold(final Deque<AutoCloseable> held, final int port)
    {
        try
        {
            final InetAddress loopback = InetAddress.getByAddress(new byte[]{ 127, 0, 0, 1 });
            held.push(new ServerSocket(port, 1, loopback));
            held.push(new DatagramSocket(new InetSocketAddress(loopback, port)));
            return true;
        }
        catch (final IOException taken)
        {
            return false;
        }
    }

    /**
     * Returns the range from which the system serves programs that ask for any port, or its usual range if the system
     * does not tell.
     */
    static Range systemRange()
    {
        try
        {
            // Read in one go, because such a file is at its end for a second read.
            final String[] ends = Files.readAllLines(SYSTEM_RANGE).get(0).split("\t", 2);

            return new Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        }
        catch (final IOException notLinux)
        {
            return new Range(32_768, 60_999);
        }
    }
}
