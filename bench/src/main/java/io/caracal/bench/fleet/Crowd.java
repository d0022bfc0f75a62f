/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Many sessions on loopback. Every method ends when all members have done what it asks for, or fails with a
 * {@link FleetException} when they have not in time. Used by one thread.
 */
public interface Crowd extends AutoCloseable
{
    /**
     * Connects all members: new sessions at first, the same ones again later, as far as servers still know them.
     *
     * @return nanoseconds until the last has its session.
     * @throws IOException when a socket or a pipe fails.
     */
    long connect() throws IOException;

    /**
     * The first member makes a znode, if it is missing.
     *
     * @param path of it.
     * @throws IOException when a socket or a pipe fails.
     */
    void create(String path) throws IOException;

    /**
     * Every member watches one znode.
     *
     * @param path of it; it is there.
     * @throws IOException when a socket or a pipe fails.
     */
    void watch(String path) throws IOException;

    /**
     * The first member changes the znode that all watch, and all hear of it.
     *
     * @param path of it.
     * @return from the moment when the change was sent, nanoseconds until each was told; the reader's.
     * @throws IOException when a socket or a pipe fails.
     */
    Histogram fire(String path) throws IOException;

    /**
     * Keeps the sessions alive without asking for anything. A connection that breaks is made again, with its session
     * or, if that is over, with a new one, unless it has a watch, which would be lost.
     *
     * @param forMs milliseconds; longer if members are not connected at the end.
     * @return members whose connection broke since {@link #connect} or {@link #resume} began, that is, which a server
     *         turned away or gave up.
     * @throws IOException when a socket or a pipe fails.
     */
    int idle(long forMs) throws IOException;

    /**
     * Something happens to a server, and every member has a write acknowledged afterwards: on its connection, or when
     * that breaks at another server, with the session that it had or, if that is over, with a new one.
     *
     * @param path    of a znode that is there.
     * @param trouble makes it happen and returns the {@link System#nanoTime()} at which it began; connections to other
     *                servers may break as well.
     * @return what came of it.
     * @throws IOException when a selector or a pipe fails.
     */
    Resumed resume(String path, LongSupplier trouble) throws IOException;

    /** Ends the sessions that are connected, and all connections. */
    @Override
    void close();

    /**
     * How members went on.
     *
     * @param acknowledged nanoseconds from the beginning of the trouble until each had its write acknowledged.
     * @param moved        members whose connection broke.
     * @param lost         sessions that were over before they could be taken up again.
     */
    record Resumed(Histogram acknowledged, int moved, int lost)
    {
    }
}
