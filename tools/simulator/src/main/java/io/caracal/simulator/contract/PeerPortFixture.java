/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.PeerPort;

/** An ensemble of adapters under test. Its members are known from the beginning; each starts and ends on its own. */
public interface PeerPortFixture extends AutoCloseable
{
    /**
     * A server's process starts, for the first time or again.
     *
     * @param serverId a member that does not run.
     * @return its door to the others.
     */
    PeerPort start(long serverId);

    /**
     * A server's process ends without a word: whatever the system closes for it is all that the others see.
     *
     * @param serverId a member that runs.
     */
    void kill(long serverId);

    /** Lets a little time pass, real or virtual, so that what runs beside the caller gets on. */
    void pause();

    /**
     * The time that passes meanwhile.
     *
     * @return real or virtual, monotonic.
     */
    long nowNs();

    /** Ends whatever still runs. */
    @Override
    void close();
}
