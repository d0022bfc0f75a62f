/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.operator.codec.MemoryRecordEncoder;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/** Describes native memory, tag by tag. */
final class MemoryAnswer implements OperatorAnswer
{
    private static final MemoryTag[] TAGS = MemoryTag.values();

    private final MemoryLedger ledger;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MemoryRecordEncoder encoder = new MemoryRecordEncoder();
    private int index;

    MemoryAnswer(final MemoryLedger ledger)
    {
        this.ledger = ledger;
    }

    @Override
    public int next(final MutableDirectBuffer record)
    {
        if (index == TAGS.length)
        {
            return END;
        }

        encoder.wrapAndApplyHeader(record, 0, header).tag(index).bytes(ledger.bytes(TAGS[index]));
        index++;

        return encoder.limit();
    }
}
