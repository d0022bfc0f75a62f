/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.simulator.contract.ClientPortContract;
import io.caracal.simulator.contract.ClientPortFixture;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;

/** Uses the smallest rings: all but the smallest frames cross in pieces, and the rings are full all the time. */
class TightRingClientPortTest extends ClientPortContract
{
    @Override
    protected ClientPortFixture open(final int frameLengthMax, final int outboundMax)
    {
        return new TcpFixture(new TransportContext().frameLengthMax(frameLengthMax).outboundMax(outboundMax)
            .threading(Threading.DEDICATED).gateways(1).ringLength(64 << 10));
    }
}
