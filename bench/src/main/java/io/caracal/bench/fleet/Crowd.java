/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Many sessions on loopback. Every method returns when all members have done what it asks for, or fails with a
 * {@link FleetException} if they have not done so in time. Used by one thread.
 */
public interface Crowd extends AutoCloseable
{
    /**
     * Connects all members. The first call opens new sessions; later calls take these up again, as far as servers still
     * know them.
     *
     * @return nanoseconds until the last member has its session.
     * @throws IOException when a socket or a pipe fails.
     */
    long connect() throws IOException;

    /**
     * Has the first member create a znode if it is missing.
     *
     * @param path of the znode.
     * @throws IOException when a socket or a pipe fails.
     */
    void create(String path) throws IOException;

    /**
     * Has every member watch one znode.
     *
     * @param path of the znode, which exists.
     * @throws IOException when a socket or a pipe fails.
     */
    void watch(String path) throws IOException;

    /**
     * Has the first member change the znode that all watch, and waits until all have heard of it.
     *
     * @param path of the znode.
     * @return nanoseconds from when the change was sent until each member was told; owned by the caller.
     * @throws IOException when a socket or a pipe fails.
     */
    Histogram fire(String path) throws IOException;

    /**
     * Keeps the sessions alive without sending requests. A connection that breaks is made again, with its session or,
     * if that is over, with a new one. If the members have watches, a break is an error instead, because the watch
     * would be lost.
     *
     * @param forMs milliseconds; it takes longer if members are not connected at the end.
     * @return members whose connection broke since {@link #connect} or {@link #resume} began, that is, those that a
     *         server turned away or gave up.
     * @throws IOException when a socket or a pipe fails.
     */
    int idle(long forMs) throws IOException;

    /**
     * Lets something happen to a server, and waits until every member has had a write acknowledged afterwards: on its
     * connection or, when that breaks, at another server, with its session or, if that is over, with a new one.
     *
     * @param path    of an existing znode.
     * @param trouble causes the trouble and returns the {@link System#nanoTime()} at which it began. Connections to
     *                other servers may break as well.
     * @return how the members went on.
     * @throws IOException when a selector or a pipe fails.
     */
    Resumed resume(String path, LongSupplier trouble) throws IOException;

    /** Ends all connected sessions and all connections. */
    @Override
    void close();

    /**
     * How members went on.
     *
     * @param acknowledged nanoseconds from the beginning of the trouble until each member had its write acknowledged.
     * @param moved        members whose connection broke.
     * @param lost         sessions that were over before they could be taken up again.
     */
    record Resumed(Histogram acknowledged, int moved, int lost)
    {
    }
}
