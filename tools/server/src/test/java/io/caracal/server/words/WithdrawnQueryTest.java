/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller that withdraws a query knows whether it has an effect: either it never has, or it already has. */
class WithdrawnQueryTest
{
    private final FakeEngine engine = new FakeEngine();
    private final OperatorBridge bridge = new OperatorBridge(() ->
    {
    }, () ->
    {
    });

    @AfterEach
    void close()
    {
        bridge.close();
    }

    @Test
    void shouldNeverHaveAnEffectOnceItIsWithdrawn()
    {
        try (OperatorCall call = bridge.tryOpen(OperatorQuery.TUNE))
        {
            assertTrue(call.tryWithdraw());
        }

        engine.doWork(bridge);
        engine.doWork(bridge);
        assertEquals(EnumSet.noneOf(OperatorQuery.class), engine.done);
    }

    @Test
    void shouldHaveNoEffectWhenTheEngineHasReadItAlready()
    {
        try (OperatorCall call = bridge.tryOpen(OperatorQuery.TUNE))
        {
            engine.isSilent = true;
            engine.doWork(bridge);
            assertEquals(1, engine.seen.size());
            assertTrue(call.tryWithdraw());

            engine.isSilent = false;
            engine.doWork(bridge);
            assertEquals(EnumSet.noneOf(OperatorQuery.class), engine.done);
        }

        engine.doWork(bridge);
        for (int i = 0; i < OperatorBridge.ANYTHING_MAX; i++)
        {
            assertNotNull(bridge.tryOpen(OperatorQuery.DIGESTS), "every slot is free again");
        }
    }

    @Test
    void shouldNotBeWithdrawnOnceItHasHadItsEffect()
    {
        try (OperatorCall call = bridge.tryOpen(OperatorQuery.TUNE))
        {
            engine.doWork(bridge);
            assertFalse(call.tryWithdraw());

            call.poll((buffer, offset, length) ->
            {
            }, 10);
            assertTrue(call.isComplete());
            assertEquals(OperatorPort.OK, call.outcome());
        }
    }
}
