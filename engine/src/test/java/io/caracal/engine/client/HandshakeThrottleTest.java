/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.throttle.ThrottleSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests what handshakes cost, and what is reported about the token bucket from which they are paid. */
class HandshakeThrottleTest extends DeskTest
{
    private static final int NEVER_MS = Integer.MAX_VALUE;

    private void tokens(final int tokens)
    {
        server.desk.tune(TestDesk.LIMITS, new ThrottleSettings(tokens, NEVER_MS, 1, -1, 0, 0, 0, false, 3, 2, 1));
    }

    @Test
    void shouldTellWhatTheBucketLacksAfterEachHandshakeThatPassed()
    {
        tokens(2);
        final long elsewhere = server.sessionElsewhere();
        server.asking();
        server.resuming(elsewhere);
        final TestDesk.Client late = server.asking();

        assertTrue(late.isClosed());
        assertEquals(List.of(1L, 2L), server.tokenDeficits);
    }

    @Test
    void shouldTellThatNothingIsLackingWithoutAThrottle()
    {
        tokens(0);
        server.asking();

        assertEquals(List.of(0L), server.tokenDeficits);
    }

    @Test
    void shouldTakeOneTokenFromAClientThatHasToWait()
    {
        tokens(1);
        server.role.room = 0;
        final TestDesk.Client client = server.asking();
        server.cycle();
        server.cycle();
        assertFalse(client.isClosed(), "it waits");

        server.role.room = 1;
        server.cycle();

        assertEquals(List.of("create 1 timeout 5000"), server.role.asked());
        assertEquals(List.of(1L), server.tokenDeficits);
    }
}
