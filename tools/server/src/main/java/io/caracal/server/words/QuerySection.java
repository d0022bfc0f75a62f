/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.port.OperatorQuery;
import org.agrona.DirectBuffer;

/** Turns the records of one query into text, a limited number at a time. */
final class QuerySection implements Section
{
    /** Turns records into text. */
    @FunctionalInterface
    interface Renderer
    {
        /**
         * Renders one record.
         *
         * @param text   to append to.
         * @param buffer holds the record, preceded by its message header.
         * @param offset of the header.
         */
        void render(StringBuilder text, DirectBuffer buffer, int offset);
    }

    private static final int RECORDS_PER_SLICE = 64;

    private final OperatorBridge bridge;
    private final OperatorQuery query;
    private final Renderer renderer;
    private OperatorCall call;

    QuerySection(final OperatorBridge bridge, final OperatorQuery query, final Renderer renderer)
    {
        this.bridge = bridge;
        this.query = query;
        this.renderer = renderer;
    }

    @Override
    public Progress advance(final StringBuilder text)
    {
        if (call == null)
        {
            call = bridge.tryOpen(query);
            return Progress.WAITING;
        }

        final int work = call.poll((buffer, offset, length) -> renderer.render(text, buffer, offset),
            RECORDS_PER_SLICE);
        if (call.isComplete())
        {
            close();
            return Progress.DONE;
        }

        return work == 0 ? Progress.WAITING : Progress.MORE;
    }

    @Override
    public void close()
    {
        if (call != null)
        {
            call.close();
        }
    }
}
