/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.port.ReplayHandler;
import org.agrona.DirectBuffer;

/** Hands the records of a server's log on. */
record LogRecords(Use use) implements ReplayHandler
{
    /** What is done with a record. */
    @FunctionalInterface
    interface Use
    {
        void accept(long zxid, long committedZxid, DirectBuffer buffer, int offset, int length);
    }

    @Override
    public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        use.accept(zxid, committedZxid, buffer, offset, length);
    }

    @Override
    public void onReplayEnd(final long lastZxid)
    {
        // the file ends
    }
}
