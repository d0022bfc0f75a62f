/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

import io.caracal.simulator.contract.PeerPortContract;
import io.caracal.simulator.contract.PeerPortFixture;

class SimulatedPeerPortTest extends PeerPortContract
{
    @Override
    protected PeerPortFixture open(final int messageLengthMax, final long... serverIds)
    {
        return new SimulatedPeers(4711, NetworkFaults.HEALTHY, messageLengthMax, serverIds);
    }
}
