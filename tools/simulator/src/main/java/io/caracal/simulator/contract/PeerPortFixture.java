/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.PeerPort;

/**
 * An ensemble of adapters under test. The members are known from the beginning; each of them starts and ends
 * separately.
 */
public interface PeerPortFixture extends AutoCloseable
{
    /**
     * A server's process starts, for the first time or again.
     *
     * @param serverId of a member that does not run.
     * @return the server's port.
     */
    PeerPort start(long serverId);

    /**
     * A server's process ends without telling anyone. The others notice only what the operating system closes for it.
     *
     * @param serverId of a member that runs.
     */
    void kill(long serverId);

    /** Lets a short time pass, real or virtual, so that other threads and the network make progress. */
    void pause();

    /**
     * The present time, real or virtual.
     *
     * @return monotonic nanoseconds.
     */
    long nowNs();

    /** Ends all servers that still run. */
    @Override
    void close();
}
