/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

import io.caracal.engine.port.PeerPort;
import io.caracal.simulator.contract.PeerPortFixture;

/** The simulated network in the form that the contract uses. A pause is a tenth of a millisecond of virtual time. */
final class SimulatedPeers implements PeerPortFixture
{
    private static final long PAUSE_NS = 100_000;

    private final SimulatedNetwork network;
    private long nowNs;

    SimulatedPeers(final long seed, final NetworkFaults faults, final int messageLengthMax, final long... serverIds)
    {
        network = new SimulatedNetwork(seed, faults, messageLengthMax, serverIds);
    }

    @Override
    public PeerPort start(final long serverId)
    {
        return network.start(serverId);
    }

    @Override
    public void kill(final long serverId)
    {
        network.kill(serverId);
    }

    @Override
    public void pause()
    {
        nowNs += PAUSE_NS;
        network.advanceTo(nowNs);
    }

    @Override
    public long nowNs()
    {
        return nowNs;
    }

    @Override
    public void close()
    {
        // Nothing outlives the test.
    }
}
