/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.simulator.contract.ClientPortContract;
import io.caracal.simulator.contract.ClientPortFixture;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;

class DedicatedClientPortTest extends ClientPortContract
{
    @Override
    protected ClientPortFixture open(final int frameLengthMax, final int outboundMax)
    {
        return new TcpFixture(new TransportContext().frameLengthMax(frameLengthMax).outboundMax(outboundMax)
            .threading(Threading.DEDICATED).gateways(2));
    }
}
