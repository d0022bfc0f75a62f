/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static io.caracal.engine.node.OperatorAnswer.flag;

import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.operator.codec.QuotaRecordEncoder;
import io.caracal.engine.quota.QuotaWalk;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Describes limits and usage of all quotas; each step visits one znode. */
final class QuotasAnswer implements OperatorAnswer, ZnodeCursor
{
    private final Node node;
    private final QuotaWalk walk;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final QuotaRecordEncoder encoder = new QuotaRecordEncoder();
    private final ExpandableArrayBuffer namespace = new ExpandableArrayBuffer();

    QuotasAnswer(final Node node)
    {
        this.node = node;
        walk = new QuotaWalk(node.replica().tree());
        node.znodeCursors().add(this);
    }

    @Override
    public int next(final MutableDirectBuffer record)
    {
        return switch (walk.step())
        {
            case END -> END;
            case NOTHING -> NOTHING;
            case LIMITS -> encode(record, false);
            case USAGE -> encode(record, true);
        };
    }

    private int encode(final MutableDirectBuffer record, final boolean isUsage)
    {
        encoder.wrapAndApplyHeader(record, 0, header).usage(flag(isUsage)).count(walk.count()).bytes(walk.bytes());
        final int length = walk.copyNamespace(namespace, 0);
        encoder.putNamespaceName(namespace, 0, length);

        return encoder.limit();
    }

    @Override
    public void onDeleting(final long znode)
    {
        walk.onDeleting(znode);
    }

    @Override
    public void onReplacing()
    {
        walk.onReplacing();
    }

    @Override
    public void close()
    {
        node.znodeCursors().remove(this);
    }
}
