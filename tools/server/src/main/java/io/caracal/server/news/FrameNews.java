/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import io.caracal.transport.LinePace;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;

/**
 * Logs a warning about clients that were disconnected because what they sent is no request, or is too long: the first
 * time at once, afterwards now and then with their number. Such a client reconnects forever, and all it sees is that
 * its connection ended. The transport's threads count; the operator thread logs.
 */
final class FrameNews
{
    private static final int TLS_HANDSHAKE = 0x16_03;
    private static final int TLS_SHIFT = 16;
    private static final int PRINTABLE_MIN = ' ';
    private static final int PRINTABLE_MAX = '~';

    private final AtomicLong count = new AtomicLong();
    private final AtomicReference<Cause> latest = new AtomicReference<>();
    private final Logger log;
    private final int lengthMax;
    private final LinePace pace = new LinePace(1, RefusedNews.PERIOD_NS);
    private long told;

    /** The client, and the length that it announced. */
    private record Cause(InetSocketAddress client, int length)
    {
    }

    /**
     * Starts without news.
     *
     * @param lengthMax maximum length of a request in bytes.
     */
    FrameNews(final Logger log, final int lengthMax)
    {
        this.log = log;
        this.lengthMax = lengthMax;
    }

    /** Counts a disconnected client. Called by any thread; never blocks. */
    void onFrameLength(final InetSocketAddress client, final int length)
    {
        latest.setRelease(new Cause(client, length));
        count.incrementAndGet();
    }

    /** Logs what is new and returns the number of lines written. Called by the operator thread. */
    int tell(final long nowNs)
    {
        final long now = count.get();
        if (now == told || !pace.admits(nowNs))
        {
            return 0;
        }

        final Cause cause = latest.getAcquire();
        log.warn("connections ended for what their clients sent: {}; the last of {}:{}, which {}", now - told,
            cause.client().getAddress().getHostAddress(), cause.client().getPort(), explanation(cause.length()));
        told = now;
        return 1;
    }

    private String explanation(final int length)
    {
        if (length >>> TLS_SHIFT == TLS_HANDSHAKE)
        {
            return "speaks TLS, but this port does not";
        }

        final byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
        return isText(bytes) ?
            "speaks another protocol or asks for a four-letter word that there is not: it began with " +
                '"' + new String(bytes, StandardCharsets.US_ASCII) + '"' :
            length < 0 ?
                "speaks another protocol: it began with the bytes " + String.format(Locale.ROOT, "%08x", length) :
                "announced a request of " + length + " bytes, and jute.maxbuffer=" + lengthMax +
                    " allows no more: send " +
                    "less at a time, or raise it for all servers and clients";
    }

    private static boolean isText(final byte[] bytes)
    {
        for (final byte one : bytes)
        {
            if (one < PRINTABLE_MIN || one > PRINTABLE_MAX)
            {
                return false;
            }
        }

        return true;
    }
}
