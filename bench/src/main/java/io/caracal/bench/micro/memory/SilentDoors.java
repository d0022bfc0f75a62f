/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro.memory;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;

import org.agrona.DirectBuffer;

/** An operator port without queries, and a sink that ignores all events. */
final class SilentDoors implements OperatorPort, EventSink
{
    @Override
    public int poll(final OperatorHandler handler)
    {
        return 0;
    }

    @Override
    public boolean begin(final long queryId)
    {
        return true;
    }

    @Override
    public boolean answer(final long queryId, final DirectBuffer buffer, final int offset, final int length)
    {
        return true;
    }

    @Override
    public boolean complete(final long queryId, final int outcome)
    {
        return true;
    }
}
