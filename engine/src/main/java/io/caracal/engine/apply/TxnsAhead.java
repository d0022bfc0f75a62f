/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.tree.LookAhead;
import io.caracal.engine.txn.TxnWriter;
import io.caracal.engine.txn.codec.CreateTxnDecoder;
import io.caracal.engine.txn.codec.DeleteTxnDecoder;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.MultiTxnDecoder;
import io.caracal.engine.txn.codec.SetAclTxnDecoder;
import io.caracal.engine.txn.codec.SetDataTxnDecoder;
import io.caracal.engine.zab.CommitsAhead;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds the paths in transactions that will be applied soon, so that the tree can look ahead. */
public final class TxnsAhead implements CommitsAhead
{
    private final LookAhead tree;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CreateTxnDecoder create = new CreateTxnDecoder();
    private final DeleteTxnDecoder delete = new DeleteTxnDecoder();
    private final SetDataTxnDecoder setData = new SetDataTxnDecoder();
    private final SetAclTxnDecoder setAcl = new SetAclTxnDecoder();
    private final MultiTxnDecoder multi = new MultiTxnDecoder();
    private final UnsafeBuffer path = new UnsafeBuffer(0, 0);

    /**
     * Creates a look-ahead for a tree.
     *
     * @param tree to which the transactions will be applied.
     */
    public TxnsAhead(final LookAhead tree)
    {
        this.tree = tree;
    }

    @Override
    public boolean isWorthwhile()
    {
        return tree.isWorthwhile();
    }

    @Override
    public void add(final DirectBuffer payload, final int offset, final int length)
    {
        header.wrap(payload, offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        header.wrap(payload, body);
        if (header.templateId() == MultiTxnDecoder.TEMPLATE_ID)
        {
            addParts(payload, body, offset + length);
        }
        else
        {
            addPath(payload, body);
        }
    }

    private void addParts(final DirectBuffer payload, final int body, final int end)
    {
        int position = multi.wrapAndApplyHeader(payload, body, header).limit();
        for (int i = 0; i < LookAhead.PATHS_MAX && position < end; i++)
        {
            addPath(payload, position + TxnWriter.PART_LENGTH_BYTES);
            position += TxnWriter.PART_LENGTH_BYTES + payload.getInt(position, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void addPath(final DirectBuffer payload, final int body)
    {
        header.wrap(payload, body);
        path.wrap(0, 0);
        switch (header.templateId())
        {
            case SetDataTxnDecoder.TEMPLATE_ID -> setData.wrapAndApplyHeader(payload, body, header).wrapPath(path);
            case CreateTxnDecoder.TEMPLATE_ID -> create.wrapAndApplyHeader(payload, body, header).wrapPath(path);
            case DeleteTxnDecoder.TEMPLATE_ID -> delete.wrapAndApplyHeader(payload, body, header).wrapPath(path);
            case SetAclTxnDecoder.TEMPLATE_ID -> setAcl.wrapAndApplyHeader(payload, body, header).wrapPath(path);
            default -> {
                // The transaction is about no znode, or about znodes that are not known before it is applied.
            }
        }
        tree.add(path, 0, path.capacity());
    }

    @Override
    public void fetch()
    {
        tree.touch();
    }
}
