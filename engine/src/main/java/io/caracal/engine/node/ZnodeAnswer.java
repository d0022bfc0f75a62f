/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static io.caracal.engine.node.OperatorAnswer.flag;

import io.caracal.engine.acl.AclMask;
import io.caracal.engine.operator.codec.ChildRecordEncoder;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.operator.codec.ZnodeQuestionDecoder;
import io.caracal.engine.operator.codec.ZnodeRecordEncoder;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.StatEncoder;
import io.caracal.engine.tree.ReadableTree;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Describes one znode and a page of its children in order of creation, as far as the asker may see them: the same ACLs
 * hold as for a client. Steps off a child that is deleted while the cursor is on it.
 */
final class ZnodeAnswer implements OperatorAnswer, ZnodeCursor
{
    /** Longest data that is included, in bytes, whatever was asked for. Longer data would hold up a duty cycle. */
    static final int DATA_MAX = 1 << 20;
    /** Most children that are listed, whatever was asked for. */
    static final int CHILDREN_MAX = 1_000;

    private final Node node;
    private final ReadableTree tree;
    private final Asker asker;
    private final ZnodeQuestionDecoder question;
    private final UnsafeBuffer path = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer after = new UnsafeBuffer(0, 0);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ZnodeRecordEncoder znodeRecord = new ZnodeRecordEncoder();
    private final ChildRecordEncoder childRecord = new ChildRecordEncoder();
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
    private boolean isBegun;
    private boolean isPageLost;
    private int childrenLeft;
    private long cursor = ReadableTree.NONE;

    private ZnodeAnswer(final Node node, final ZnodeQuestionDecoder question, final Asker asker)
    {
        this.node = node;
        this.tree = node.replica().tree();
        this.asker = asker;
        this.question = question;
        node.znodeCursors().add(this);
    }

    /** Makes the answer to a question. Returns null when the details are too short for a question. */
    static OperatorAnswer of(final Node node, final DirectBuffer details)
    {
        if (details.capacity() < MessageHeaderDecoder.ENCODED_LENGTH + ZnodeQuestionDecoder.BLOCK_LENGTH)
        {
            return null;
        }

        final ZnodeQuestionDecoder question = new ZnodeQuestionDecoder().wrapAndApplyHeader(details, 0,
            new MessageHeaderDecoder());
        final Asker asker = new Asker(node.context().aclSettings());
        asker.read(question);
        final ZnodeAnswer answer = new ZnodeAnswer(node, question, asker);
        question.wrapPath(answer.path);
        question.wrapAfter(answer.after);

        return answer;
    }

    @Override
    public int next(final MutableDirectBuffer record)
    {
        if (!isBegun)
        {
            isBegun = true;
            return describe(record, path.capacity() == 0 ? ReadableTree.NONE : tree.find(path, 0, path.capacity()));
        }

        return child(record);
    }

    private int describe(final MutableDirectBuffer record, final long znode)
    {
        final int permissions = znode == ReadableTree.NONE ? 0 : asker.permissions(tree, znode);
        final int error = znode == ReadableTree.NONE ? ErrorCode.NO_NODE : (permissions & (Perms.READ |
            Perms.ADMIN)) == 0 ?
                ErrorCode.NO_AUTH : ErrorCode.OK;
        final boolean isReadable = (permissions & Perms.READ) != 0;
        if (isReadable)
        {
            beginPage(znode);
        }

        znodeRecord.wrapAndApplyHeader(record, 0, header).errorCode(error).authenticated(flag(asker.isAuthenticated()))
            .superUser(flag(asker.isSuper())).permissions(permissions).pageLost(flag(isPageLost))
            .zxid(node.replica().lastAppliedZxid())
            .payloadLength(isReadable ? tree.dataLength(znode) : 0);
        final int statLength = isReadable ? stat(znode) : 0;
        znodeRecord.putStat(scratch, 0, statLength);
        final int aclLength = error == ErrorCode.OK ? acl(znode, (permissions & Perms.ADMIN) != 0) : 0;
        znodeRecord.putAcl(scratch, 0, aclLength);
        final int dataLength = isReadable ? data(znode) : 0;
        znodeRecord.putData(scratch, 0, dataLength);

        return znodeRecord.limit();
    }

    private void beginPage(final long znode)
    {
        childrenLeft = Math.max(0, Math.min(question.childrenMax(), CHILDREN_MAX));
        if (after.capacity() == 0)
        {
            cursor = tree.firstChild(znode);
            return;
        }

        final long last = tree.child(znode, after, 0, after.capacity());
        isPageLost = last == ReadableTree.NONE;
        cursor = isPageLost ? ReadableTree.NONE : tree.nextSibling(last);
    }

    private int stat(final long znode)
    {
        scratch.checkLimit(StatEncoder.LENGTH);
        tree.encodeStat(znode, new StatEncoder().wrap(scratch, 0));

        return StatEncoder.LENGTH;
    }

    private int acl(final long znode, final boolean isAdmin)
    {
        final DirectBuffer acl = tree.acls().view(tree.aclId(znode));
        if (isAdmin)
        {
            scratch.putBytes(0, acl, 0, acl.capacity());
            return acl.capacity();
        }

        final int length = AclMask.maskedLength(acl, 0);
        scratch.checkLimit(length);
        final JuteWriter writer = new JuteWriter();
        writer.wrap(scratch, 0);
        AclMask.encode(acl, 0, writer);

        return length;
    }

    private int data(final long znode)
    {
        final int length = tree.dataLength(znode);
        if (length <= 0 || length > Math.min(question.dataMax(), DATA_MAX))
        {
            return 0;
        }

        scratch.checkLimit(length);

        return tree.copyData(znode, scratch, 0);
    }

    private int child(final MutableDirectBuffer record)
    {
        if (cursor == ReadableTree.NONE || childrenLeft == 0)
        {
            return END;
        }

        final long child = cursor;
        cursor = tree.nextSibling(child);
        childrenLeft--;
        final boolean isReadable = (asker.permissions(tree, child) & Perms.READ) != 0;
        childRecord.wrapAndApplyHeader(record, 0, header).readable(flag(isReadable))
            .payloadLength(isReadable ? tree.dataLength(child) : 0).childCount(isReadable ? tree.childCount(child) : 0)
            .ephemeralOwner(isReadable ? tree.ownerKinds().shown(tree.ephemeralOwner(child)) : 0);
        scratch.checkLimit(tree.nameLength(child));
        childRecord.putName(scratch, 0, tree.copyName(child, scratch, 0));

        return childRecord.limit();
    }

    @Override
    public void onDeleting(final long znode)
    {
        if (znode == cursor)
        {
            cursor = tree.nextSibling(znode);
        }
    }

    /** Drops the rest of the page, because the old tree is about to go. */
    @Override
    public void onReplacing()
    {
        cursor = ReadableTree.NONE;
    }

    @Override
    public void close()
    {
        node.znodeCursors().remove(this);
    }
}
