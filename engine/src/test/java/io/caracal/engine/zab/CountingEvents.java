/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;

/** Counts messages that were passed over, and forgets the rest. */
final class CountingEvents implements EventSink
{
    int passedOver;

    @Override
    public void onCount(final Count count, final long delta)
    {
        passedOver += count == Count.PEER_MESSAGES_PASSED_OVER ? (int)delta : 0;
    }
}
