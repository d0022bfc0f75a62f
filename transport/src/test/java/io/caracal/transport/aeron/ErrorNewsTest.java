/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ErrorNewsTest
{
    private static final int PACKETS = 150;

    private long nowNs;
    private final RecordingEvents events = new RecordingEvents();
    private final ErrorNews errors = new ErrorNews(events, () -> nowNs);

    @Test
    void shouldTellOfManyPacketsThatCannotBeSentOnceAMinute()
    {
        for (int i = 0; i < PACKETS; i++)
        {
            errors.onError(new IllegalStateException("no route"));
        }

        errors.onError(new IllegalStateException("no route to another one"));
        assertEquals(2, events.all().size());
        nowNs = TimeUnit.MINUTES.toNanos(1);
        errors.onError(new IllegalStateException("no route"));
        assertEquals(3, events.all().size());
    }
}
