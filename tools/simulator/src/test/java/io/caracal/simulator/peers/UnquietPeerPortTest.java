/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

import io.caracal.simulator.contract.PeerPortContract;
import io.caracal.simulator.contract.PeerPortFixture;

/**
 * The same tests on a network that is slow now and then, has little room in its streams, and delivers little at once.
 */
class UnquietPeerPortTest extends PeerPortContract
{
    private static final NetworkFaults FAULTS = new NetworkFaults(20_000, 1_000_000, 20_000_000, 5, 50_000_000, 0, 300,
        256 << 10);

    @Override
    protected PeerPortFixture open(final int messageLengthMax, final long... serverIds)
    {
        return new SimulatedPeers(4712, FAULTS, messageLengthMax, serverIds);
    }
}
