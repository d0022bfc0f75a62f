/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;

/** One connection of a client: frames cut out of the bytes, and what was asked and not answered yet. */
final class ClientConnection
{
    final ClientWire wire;
    final ArrayDeque<Operation> asked = new ArrayDeque<>();
    final ArrayDeque<Long> pingsNs = new ArrayDeque<>();
    final long beganNs;
    long lastSentNs;
    long lastReceivedNs;
    boolean isOpen;
    int nextXid = 1;
    private byte[] partial = new byte[0];

    ClientConnection(final ClientWire wire, final long nowNs)
    {
        this.wire = wire;
        beganNs = nowNs;
        lastSentNs = nowNs;
        lastReceivedNs = nowNs;
    }

    void send(final byte[] frame, final long nowNs)
    {
        wire.send(frame);
        lastSentNs = nowNs;
    }

    void ask(final Operation operation, final long nowNs)
    {
        send(OperationCodec.request(nextXid++, operation), nowNs);
        asked.add(operation);
    }

    /** Xid that the next answer must bear. */
    int expectedXid()
    {
        return nextXid - asked.size();
    }

    /** The next whole frame, null when there is none yet. */
    byte[] nextFrame(final long nowNs)
    {
        for (byte[] more = wire.receive(); more.length > 0; more = wire.receive())
        {
            lastReceivedNs = nowNs;
            final int length = partial.length;
            partial = Arrays.copyOf(partial, length + more.length);
            System.arraycopy(more, 0, partial, length, more.length);
        }

        if (partial.length < Integer.BYTES)
        {
            return null;
        }

        final int end = Integer.BYTES + ByteBuffer.wrap(partial).getInt();

        if (partial.length < end)
        {
            return null;
        }

        final byte[] frame = Arrays.copyOfRange(partial, Integer.BYTES, end);
        partial = Arrays.copyOfRange(partial, end, partial.length);

        return frame;
    }
}
