/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.WatchRecordDecoder;
import org.agrona.DirectBuffer;

/**
 * Renders watches grouped by session ({@code wchc}) or by path ({@code wchp}). The records of a group arrive together.
 */
final class WatchText
{
    private final boolean isBySession;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final WatchRecordDecoder record = new WatchRecordDecoder();
    private String group;

    WatchText(final boolean isBySession)
    {
        this.isBySession = isBySession;
    }

    void render(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        record.wrapAndApplyHeader(buffer, offset, header);
        final String session = "0x" + Long.toHexString(record.sessionId());
        final String path = RecordText.path(record.pathLength(), record::getPath);
        final String newGroup = isBySession ? session : path;
        if (!newGroup.equals(group))
        {
            group = newGroup;
            out.append(group).append('\n');
        }

        out.append('\t').append(isBySession ? path : session).append('\n');
    }
}
