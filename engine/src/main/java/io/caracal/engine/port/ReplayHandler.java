/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/** What a {@link Journal} tells the engine while it starts. */
public interface ReplayHandler
{
    /**
     * One record, in zxid order.
     *
     * @param zxid          of the record.
     * @param committedZxid last zxid known to be committed when the record was appended.
     * @param buffer        holds the record, valid during the call.
     * @param offset        of the record.
     * @param length        of the record in bytes.
     */
    void onRecord(long zxid, long committedZxid, DirectBuffer buffer, int offset, int length);

    /**
     * There are no further records, and everything delivered is durable.
     *
     * @param lastZxid of the last record in the log, or of the snapshot when the log holds nothing after it.
     */
    void onReplayEnd(long lastZxid);
}
