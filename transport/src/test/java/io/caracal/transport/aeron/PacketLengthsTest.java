/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.PeerContext;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacketLengthsTest
{
    private static final long SHORT_NS = TimeUnit.SECONDS.toNanos(59);
    private static final long LASTING_NS = TimeUnit.SECONDS.toNanos(60);

    private final PacketLengths lengths = new PacketLengths(8192);

    @Test
    void shouldBecomeShorterStepByStep()
    {
        assertEquals(8192, lengths.current());
        lengths.onTooLong(8192);
        assertEquals(1408, lengths.current());
        lengths.onTooLong(1408);
        assertEquals(1216, lengths.current());
        lengths.onTooLong(1216);
        assertEquals(576, lengths.current());
        lengths.onTooLong(lengths.current());
        assertEquals(576, lengths.current(), "the shortest stays");
    }

    /** What the other server's interface does not carry was not tried. */
    @Test
    void shouldBecomeShorterThanWhatWasTried()
    {
        lengths.onTooLong(1408);
        assertEquals(1216, lengths.current());
        lengths.onTooLong(8192);
        assertEquals(1216, lengths.current(), "of an attempt that began before");
    }

    @Test
    void shouldTryLongOnesAgainBehindALinkThatLasted()
    {
        lengths.onTooLong(8192);
        lengths.onEnd(SHORT_NS);
        assertEquals(1408, lengths.current());
        lengths.onEnd(LASTING_NS);
        assertEquals(8192, lengths.current());
    }

    @Test
    void shouldNeverBeLongerThanTheInterfaceCarries()
    {
        final PacketLengths narrow = new PacketLengths(1344);
        assertEquals(1344, narrow.current());
        narrow.onTooLong(1344);
        assertEquals(1216, narrow.current());
        assertTrue(PeerContext.isMtuLength(new PacketLengths(576).current()));
    }
}
