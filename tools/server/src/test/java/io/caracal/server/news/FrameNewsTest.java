/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.KeptLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FrameNewsTest
{
    private static final String NAME = "frames";
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

    private final FrameNews news = new FrameNews(LoggerFactory.getLogger(NAME), 1_000);

    @Test
    void shouldTellTheFirstAtOnceAndFurtherOnesNowAndThen()
    {
        try (KeptLog log = new KeptLog(NAME))
        {
            assertEquals(0, news.tell(0));
            news.onFrameLength(CLIENT, 1_001);
            assertEquals(1, news.tell(5));
            assertEquals("connections ended for what their clients sent: 1; the last of 127.0.0.1:4711, which " +
                "announced a request of 1001 bytes, and jute.maxbuffer=1000 allows no more: send less at a time, or " +
                "raise it for all servers and clients", log.text());

            news.onFrameLength(CLIENT, 2_000);
            news.onFrameLength(CLIENT, 3_000);
            assertEquals(0, news.tell(4 + RefusedNews.PERIOD_NS));
            assertEquals(1, news.tell(5 + RefusedNews.PERIOD_NS));
            assertTrue(log.has("sent: 2; the last of 127.0.0.1:4711, which announced a request of 3000 bytes"),
                log.text());
            assertEquals(0, news.tell(6 + 2 * RefusedNews.PERIOD_NS));
        }
    }

    @Test
    void shouldKnowOtherProtocols()
    {
        assertTold(0x16_03_01_02, "which speaks TLS, but this port does not");
        assertTold(0x47_45_54_20, "another protocol or asks for a four-letter word that there is not: it began with " +
            "\"GET \"");
        assertTold(0x80_00_00_01, "which speaks another protocol: it began with the bytes 80000001");
    }

    private void assertTold(final int length, final String text)
    {
        try (KeptLog log = new KeptLog(NAME))
        {
            final FrameNews one = new FrameNews(LoggerFactory.getLogger(NAME), 1_000);
            one.onFrameLength(CLIENT, length);
            assertEquals(1, one.tell(0));
            assertTrue(log.has(text), log.text());
        }
    }
}
