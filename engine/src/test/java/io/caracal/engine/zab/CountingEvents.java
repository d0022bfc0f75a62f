/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;

/** Counts skipped messages, and ignores everything else. */
final class CountingEvents implements EventSink
{
    int passedOver;

    @Override
    public void onCount(final Count count, final long delta)
    {
        passedOver += count == Count.PEER_MESSAGES_PASSED_OVER ? (int)delta : 0;
    }
}
