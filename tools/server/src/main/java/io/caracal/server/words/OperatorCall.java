/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.port.OperatorPort;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** An open query, used by the thread that opened it. */
public final class OperatorCall implements AutoCloseable
{
    /** Receives the records of an answer. */
    @FunctionalInterface
    public interface RecordHandler
    {
        /**
         * Receives one record: an SBE message with its header.
         *
         * @param buffer holds the message, valid during the call.
         * @param offset of the header.
         * @param length of the whole message in bytes.
         */
        void onRecord(DirectBuffer buffer, int offset, int length);
    }

    private final OperatorBridge bridge;
    private final AnswerSlot slot;
    private final long queryId;
    private final ExpandableArrayBuffer parts = new ExpandableArrayBuffer();
    private int partsLength;
    private boolean isComplete;
    private boolean isClosed;
    private int outcome = OperatorPort.NOT_SERVING;
    private RecordHandler handler;

    OperatorCall(final OperatorBridge bridge, final AnswerSlot slot, final long queryId)
    {
        this.bridge = bridge;
        this.slot = slot;
        this.queryId = queryId;
    }

    /**
     * Reads what has arrived.
     *
     * @param recordHandler receives records.
     * @param limit         maximum number of messages read.
     * @return number of messages read, 0 when none has arrived.
     */
    public int poll(final RecordHandler recordHandler, final int limit)
    {
        if (isComplete || isClosed)
        {
            return 0;
        }

        handler = recordHandler;
        final int messages = slot.read(this::onMessage, limit);

        if (messages > 0 && !isComplete)
        {
            bridge.wakeEngine(); // The engine may sleep because the ring of the answer was full.
        }

        return messages;
    }

    private void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        if (type == AnswerSlot.END)
        {
            outcome = buffer.getInt(index);
            isComplete = true;
        }
        else if (type == AnswerSlot.LAST && partsLength == 0)
        {
            handler.onRecord(buffer, index, length);
        }
        else
        {
            parts.putBytes(partsLength, buffer, index, length);
            partsLength += length;
            if (type == AnswerSlot.LAST)
            {
                final int wholeLength = partsLength;
                partsLength = 0;
                handler.onRecord(parts, 0, wholeLength);
            }
        }
    }

    /**
     * Whether the whole answer was read.
     *
     * @return true after the end of the answer was read.
     */
    public boolean isComplete()
    {
        return isComplete;
    }

    /**
     * Returns how the query ended.
     *
     * @return {@link OperatorPort#OK}, {@link OperatorPort#NOT_SERVING} or {@link OperatorPort#UNKNOWN}.
     */
    public int outcome()
    {
        return outcome;
    }

    /**
     * Withdraws the query if the engine has not begun with it. A withdrawn query never has an effect. Otherwise it has
     * had its effect by now, or will have it within the engine's current duty cycle.
     *
     * @return false when the engine has begun, so that an answer will come.
     */
    public boolean tryWithdraw()
    {
        return slot.tryWithdraw();
    }

    /** Ends the call, whether answered or not. */
    @Override
    public void close()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        if (isComplete)
        {
            slot.free();
        }
        else
        {
            bridge.cancel(slot, queryId);
        }
    }
}
