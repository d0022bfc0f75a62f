/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import io.caracal.engine.txn.TxnWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Transactions as bytes and in the form that checkers see. */
final class TestTxns
{
    private TestTxns()
    {
    }

    /** A transaction that changes nothing. It differs for each mark. */
    static byte[] error(final int mark)
    {
        final TxnWriter writer = new TxnWriter(new ExpandableArrayBuffer());
        writer.begin(1, mark, 1, 1, 0, -1, 0);
        writer.error(-mark);

        return bytes(writer);
    }

    /** The transaction of a refused request. */
    static byte[] error(final long sessionId, final long sequence, final int code)
    {
        final TxnWriter writer = new TxnWriter(new ExpandableArrayBuffer());
        writer.begin(sessionId, 0, 1, 1, sequence, -1, 0);
        writer.error(code);

        return bytes(writer);
    }

    /** The transaction of a multi that was refused because of its first part. */
    static byte[] multiError(final long sessionId, final long sequence, final int partCount, final int code)
    {
        final TxnWriter writer = new TxnWriter(new ExpandableArrayBuffer());
        writer.begin(sessionId, 0, 1, 1, sequence, -1, 0);
        writer.multiError(partCount, 0, code);

        return bytes(writer);
    }

    private static byte[] bytes(final TxnWriter writer)
    {
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);

        return bytes;
    }

    static Txn session(final long zxid, final Txn.Kind kind, final long sessionId, final long server, final long number)
    {
        return new Txn(zxid, sessionId, 0, new Txn.Origin(server, 1, zxid), kind, List.of(), 0, -1, 0, number);
    }

    static Txn change(final long zxid, final long sessionId, final long server, final Txn.Part... parts)
    {
        return new Txn(zxid, sessionId, 0, new Txn.Origin(server, 1, zxid), Txn.Kind.CHANGE, List.of(parts),
            0, -1, 0, 0);
    }

    static Txn.Part create(final String path, final String data, final int creates)
    {
        return new Txn.Part(Txn.Change.CREATE, path, data, 0, creates);
    }

    /** The bytes of a path or of data. */
    static UnsafeBuffer text(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** An access control list as it is stored. */
    static UnsafeBuffer list(final Acl acl)
    {
        final ByteBuffer out = ByteBuffer.allocate(1000).putInt(acl.entries().size());
        acl.entries().forEach(entry ->
        {
            out.putInt(entry.permissions());
            out.putInt(entry.scheme().length()).put(entry.scheme().getBytes(StandardCharsets.US_ASCII));
            out.putInt(entry.id().length()).put(entry.id().getBytes(StandardCharsets.US_ASCII));
        });
        final byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);

        return new UnsafeBuffer(bytes);
    }
}
