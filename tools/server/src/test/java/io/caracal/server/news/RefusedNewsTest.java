/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.KeptLog;
import io.caracal.transport.RejectReason;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusedNewsTest
{
    private static final String NAME = "refused";

    private final RefusedNews news = new RefusedNews(LoggerFactory.getLogger(NAME));

    @Test
    void shouldTellTheFirstAtOnceAndFurtherOnesNowAndThen()
    {
        try (KeptLog log = new KeptLog(NAME))
        {
            assertEquals(0, news.tell(0));
            news.onRejected(RejectReason.ADDRESS_LIMIT, InetAddress.getLoopbackAddress());
            assertEquals(0, news.tell(0), "what is in force is not known yet");
            news.explanations(reason -> "because of " + reason);

            assertEquals(1, news.tell(5));
            assertTrue(log.has("connections not taken: 1, the last from 127.0.0.1; because of ADDRESS_LIMIT"),
                log.text());
            news.onRejected(RejectReason.ADDRESS_LIMIT, InetAddress.getLoopbackAddress());
            news.onRejected(RejectReason.ADDRESS_LIMIT, InetAddress.getLoopbackAddress());
            assertEquals(0, news.tell(4 + RefusedNews.PERIOD_NS));
            assertEquals(1, news.tell(5 + RefusedNews.PERIOD_NS));
            assertTrue(log.has("connections not taken: 2, the last from 127.0.0.1; "), log.text());

            news.onRejected(RejectReason.ACCEPT_FAILED, null);
            assertEquals(1, news.tell(6 + RefusedNews.PERIOD_NS));
            assertTrue(log.has("connections not taken: 1; because of ACCEPT_FAILED"), log.text());
            assertEquals(0, news.tell(7 + RefusedNews.PERIOD_NS));
        }
    }
}
