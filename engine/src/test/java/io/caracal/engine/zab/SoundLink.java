/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Links to other servers that have room for everything, deliver nothing and are never given up. */
public class SoundLink implements PeerPort
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

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
        return 0;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return buffer;
    }

    @Override
    public void commit()
    {
        // Nobody reads it.
    }

    @Override
    public int messageLengthMax()
    {
        return Integer.MAX_VALUE;
    }

    @Override
    public void close(final long serverId)
    {
        throw new AssertionError("nothing is wrong with the link");
    }
}
