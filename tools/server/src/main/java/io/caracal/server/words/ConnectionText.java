/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.ConnectionRecordDecoder;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.server.metrics.Operation;
import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;

/** Renders the line of a connection for {@code stat} (brief) and {@code cons} (full). */
final class ConnectionText
{
    private final boolean isFull;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ConnectionRecordDecoder record = new ConnectionRecordDecoder();

    ConnectionText(final boolean isFull)
    {
        this.isFull = isFull;
    }

    /** Writes the line of the connection that sent the word. It is listed too, although the engine does not know it. */
    static StringBuilder asking(final StringBuilder out, final InetSocketAddress remote)
    {
        return out.append(' ').append(remote).append("[0](queued=0,recved=1,sent=0)\n");
    }

    void render(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        record.wrapAndApplyHeader(buffer, offset, header);
        out.append(' ').append(remote()).append('[').append(Integer.toHexString(record.interestOps()))
            .append("](queued=").append(record.queued()).append(",recved=")
            .append(record.received()).append(",sent=").append(record.sent());
        if (isFull && record.sessionId() != 0)
        {
            session(out);
        }

        out.append(")\n");
    }

    private void session(final StringBuilder out)
    {
        out.append(",sid=0x").append(Long.toHexString(record.sessionId())).append(",lop=")
            .append(Operation.of(record.lastOpCode()).letters()).append(",est=").append(record.establishedMs())
            .append(",to=").append(record.timeoutMs());
        if (record.lastCxid() >= 0)
        {
            out.append(",lcxid=0x").append(Long.toHexString(record.lastCxid()));
        }

        final long mean = record.countLatency() == 0 ? 0 : record.sumLatencyMs() / record.countLatency();
        out.append(",lzxid=0x").append(Long.toHexString(record.lastZxid())).append(",lresp=")
            .append(record.lastResponseMs()).append(",llat=").append(record.lastLatencyMs()).append(",minlat=")
            .append(record.minLatencyMs()).append(",avglat=").append(mean).append(",maxlat=")
            .append(record.maxLatencyMs());
    }

    private InetSocketAddress remote()
    {
        final byte[] address = new byte[record.remoteAddressLength()];
        record.getRemoteAddress(address, 0, address.length);
        return RecordText.remote(address, record.remotePort());
    }
}
