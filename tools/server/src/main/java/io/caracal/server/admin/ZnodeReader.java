/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.ChildRecordDecoder;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.operator.codec.ZnodeQuestionEncoder;
import io.caracal.engine.operator.codec.ZnodeRecordDecoder;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.words.RecordText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads znodes with the rights of the client that asks. */
final class ZnodeReader
{
    /** Maximum number of bytes of paths and credentials together in one question. */
    static final int QUESTION_MAX = 12 * 1024 - 256;
    /** A page ends early when the names on it have this many characters together: clients decide how long they are. */
    static final int NAMES_MAX = 1 << 20;

    private final EngineReader engine;

    ZnodeReader(final EngineReader engine)
    {
        this.engine = engine;
    }

    /**
     * Reads one znode and a page of its children.
     *
     * @param who         credentials of the client that asks.
     * @param path        of the znode, valid.
     * @param after       name of the child after which the page begins; empty for the first page.
     * @param childrenMax maximum number of children in the page.
     * @param dataMax     data that is longer than this many bytes is left out.
     */
    ZnodeView read(final Credentials who, final String path, final String after, final int childrenMax,
        final int dataMax)
    {
        final byte[] pathBytes = path.getBytes(StandardCharsets.UTF_8);
        final byte[] afterBytes = after.getBytes(StandardCharsets.UTF_8);
        if (pathBytes.length + afterBytes.length + who.bytes().length > QUESTION_MAX)
        {
            throw new IllegalArgumentException("path and credentials are longer than " + QUESTION_MAX + " bytes");
        }

        final ExpandableArrayBuffer question = new ExpandableArrayBuffer(QUESTION_MAX);
        final ZnodeQuestionEncoder encoder = new ZnodeQuestionEncoder().wrapAndApplyHeader(question, 0,
            new MessageHeaderEncoder());
        final byte[] scheme = who.scheme().getBytes(StandardCharsets.UTF_8);
        final byte[] address = who.address().getAddress();
        encoder.dataMax(dataMax).childrenMax(childrenMax).putAddress(address, 0, address.length)
            .putScheme(scheme, 0, scheme.length).putCredentials(who.bytes(), 0, who.bytes().length)
            .putPath(pathBytes, 0, pathBytes.length).putAfter(afterBytes, 0, afterBytes.length);
        final ZnodeView[] view = new ZnodeView[1];
        final List<ZnodeView.Child> children = new ArrayList<>();
        final int[] namesLength = new int[1];
        engine.read(OperatorQuery.ZNODE, new UnsafeBuffer(question, 0, encoder.limit()), (buffer, offset, length) ->
        {
            if (view[0] == null)
            {
                view[0] = znode(buffer, offset, children);
            }
            else if (namesLength[0] < NAMES_MAX)
            {
                final ZnodeView.Child child = child(buffer, offset);
                children.add(child);
                namesLength[0] += child.name().length();
            }
        });
        return view[0];
    }

    private static ZnodeView znode(final DirectBuffer buffer, final int offset, final List<ZnodeView.Child> children)
    {
        final ZnodeRecordDecoder record = new ZnodeRecordDecoder().wrapAndApplyHeader(buffer, offset,
            new MessageHeaderDecoder());
        final int errorCode = record.errorCode();
        final boolean isAuthenticated = record.authenticated() == BooleanType.T;
        final boolean isSuper = record.superUser() == BooleanType.T;
        final int permissions = record.permissions();
        final boolean isPageLost = record.pageLost() == BooleanType.T;
        final int payloadLength = record.payloadLength();
        final long zxid = record.zxid();
        final byte[] stat = new byte[record.statLength()];
        record.getStat(stat, 0, stat.length);
        final byte[] acl = new byte[record.aclLength()];
        record.getAcl(acl, 0, acl.length);
        final byte[] data = new byte[record.dataLength()];
        record.getData(data, 0, data.length);
        return new ZnodeView(errorCode, isAuthenticated, isSuper, permissions, isPageLost, zxid, payloadLength,
            new UnsafeBuffer(stat), new UnsafeBuffer(acl), new UnsafeBuffer(data), children);
    }

    private static ZnodeView.Child child(final DirectBuffer buffer, final int offset)
    {
        final ChildRecordDecoder record = new ChildRecordDecoder().wrapAndApplyHeader(buffer, offset,
            new MessageHeaderDecoder());
        return new ZnodeView.Child(record.readable() == BooleanType.T, record.payloadLength(), record.childCount(),
            record.ephemeralOwner(), RecordText.path(record.nameLength(), record::getName));
    }
}
