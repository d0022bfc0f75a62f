/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The peer port of a server that is alone: nobody is ever linked. */
final class NoPeers implements PeerPort
{
    private final UnsafeBuffer nothing = new UnsafeBuffer(0, 0);

    @Override
    public int poll(final PeerHandler handler)
    {
        return 0;
    }

    @Override
    public boolean isDrained()
    {
        return true;
    }

    @Override
    public int claim(final long serverId, final PeerStream stream, final int length)
    {
        return CLOSED;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return nothing;
    }

    @Override
    public void commit()
    {
        throw new IllegalStateException("commit without a claim");
    }

    @Override
    public int messageLengthMax()
    {
        return Integer.MAX_VALUE;
    }

    @Override
    public void close(final long serverId)
    {
        // Nobody is linked.
    }
}
