/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;

/** A client that sends requests and never reads a reply. A server should stay as fast for all other clients. */
public final class SlowClient implements AutoCloseable
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int REQUESTS = 1_000;
    private static final int FRAME_LENGTH_MAX = 512;
    private static final long SETTLED_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SocketChannel channel;
    private final ByteBuffer requests = ByteBuffer.allocateDirect(REQUESTS * FRAME_LENGTH_MAX);
    private long askedBytes;

    /**
     * Connects and sends requests until the server stops reading, for at most three seconds. The limit is for a server
     * that keeps the replies in memory: it goes on reading as long as there is room.
     *
     * @param server on loopback.
     * @param path   of the znode that is read again and again.
     * @throws IOException when no connection can be made.
     */
    public SlowClient(final InetSocketAddress server, final String path) throws IOException
    {
        final FleetFrames frames = new FleetFrames();
        channel = SocketChannel.open(server);
        channel.write(frames.connect(TIMEOUT_MS, 0, new byte[FleetFrames.PASSWORD_LENGTH]));
        for (int xid = 1; xid <= REQUESTS; xid++)
        {
            requests.put(frames.get(xid, path));
        }
        requests.flip();
        channel.configureBlocking(false);
        fill();
    }

    private void fill() throws IOException
    {
        final long startNs = System.nanoTime();
        long lastNs = startNs;
        while (System.nanoTime() - lastNs < SETTLED_NS && System.nanoTime() - startNs < LIMIT_NS)
        {
            if (!requests.hasRemaining())
            {
                requests.rewind();
            }
            final int length = channel.write(requests);
            if (length > 0)
            {
                askedBytes += length;
                lastNs = System.nanoTime();
            }
            else
            {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    /**
     * Returns the length of the requests that server and sockets took before they took no more.
     *
     * @return bytes.
     */
    public long askedBytes()
    {
        return askedBytes;
    }

    @Override
    public void close()
    {
        CloseHelper.close(channel);
    }
}
