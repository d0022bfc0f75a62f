/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.List;

import io.caracal.engine.protocol.ErrorCode;

import org.agrona.MutableDirectBuffer;

/** One session that writes a znode of its own repeatedly, one request at a time. Owned by {@link WriteProbes}. */
final class WriteProbe implements ReplyHandler, RequestSource, AutoCloseable
{
    private static final int SESSION_TIMEOUT_MS = 30_000;
    private static final int PAYLOAD_LENGTH = 100;

    private final RequestEncoder encoder;
    private final ClientConnection connection;
    private final ProbeTimeline timeline = new ProbeTimeline();
    private final int key;
    private final long pauseNs;
    private long nextNs;
    private long heardNs;
    private boolean hasConnection;
    private volatile long replies;

    WriteProbe(final Selector selector, final List<InetSocketAddress> servers, final int key, final int keyCount,
        final long pauseNs)
    {
        this.key = key;
        this.pauseNs = pauseNs;
        final LoadContext context = new LoadContext().servers(servers).connections(1).inFlight(1).keyCount(keyCount)
            .payloadLength(PAYLOAD_LENGTH).sessionTimeoutMs(SESSION_TIMEOUT_MS).conclude();
        encoder = new RequestEncoder(new KeySpace(context.root(), keyCount), PAYLOAD_LENGTH, key);
        connection = new ClientConnection(selector, context, 0, encoder, this);
        heardNs = System.nanoTime();
        nextNs = heardNs;
    }

    ProbeTimeline timeline()
    {
        return timeline;
    }

    /** Returns the number of writes acknowledged so far. May be called by any thread. */
    long replies()
    {
        return replies;
    }

    /**
     * Sends the next write when it is due, and gives up a connection over which nothing came for {@code silenceNs}: a
     * server that hangs accepts connections and never answers. If not hasty, a connection that has its session is not
     * given up.
     */
    void onTime(final long nowNs, final long silenceNs, final boolean isHasty)
    {
        if ((isHasty || !connection.isReady()) && nowNs - heardNs >= silenceNs)
        {
            heardNs = nowNs;
            connection.giveUp("nothing came for too long", nowNs);
        }

        connection.onTime(nowNs);
        if (nowNs - nextNs >= 0 && connection.canSend())
        {
            connection.enqueue(this, nowNs);
            connection.flush(nowNs);
        }
    }

    void closeSession()
    {
        connection.closeSession(System.nanoTime());
    }

    @Override
    public int next(final ClientConnection to, final MutableDirectBuffer buffer, final int index, final int xid)
    {
        return encoder.setData(buffer, index, xid, key);
    }

    @Override
    public Operation operation()
    {
        return Operation.SET;
    }

    @Override
    public void onReply(final Operation operation, final int error, final long startNs, final long nowNs)
    {
        heardNs = nowNs;
        nextNs = nowNs + pauseNs;
        if (error == ErrorCode.OK)
        {
            timeline.onAcknowledged(nowNs);
            replies = timeline.count();
        }
        else
        {
            timeline.onProblem(nowNs, "error " + error);
        }
    }

    @Override
    public void onLost(final Operation operation)
    {
        timeline.onProblem(System.nanoTime(), "a request without an answer");
    }

    @Override
    public void onWatchEvent()
    {
        // sets no watches
    }

    @Override
    public void onSession()
    {
        heardNs = System.nanoTime();
        hasConnection = true;
    }

    @Override
    public void onDisconnect(final String reason)
    {
        heardNs = System.nanoTime();
        if (hasConnection)
        {
            timeline.onDisconnect(heardNs, reason);
        }
        else
        {
            timeline.onProblem(heardNs, reason);
        }
        hasConnection = false;
    }

    @Override
    public void close()
    {
        connection.close();
    }
}
