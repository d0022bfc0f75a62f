/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.simulator.contract.PeerPortContract;
import io.caracal.simulator.contract.PeerPortFixture;
import io.caracal.transport.Threading;

class SharedPeerPortTest extends PeerPortContract
{
    @Override
    protected PeerPortFixture open(final int messageLengthMax, final long... serverIds)
    {
        return new PeerEnsemble(context -> context.threading(Threading.SHARED).messageLengthMax(messageLengthMax),
            serverIds);
    }
}
