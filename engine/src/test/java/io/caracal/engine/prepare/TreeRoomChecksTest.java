/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.acl.AclNormalizer;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.RequestSamples;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.MultiErrorTxnDecoder;
import io.caracal.engine.txn.codec.TxnHeaderDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests what a leader refuses when znodes take all the memory that they may take. */
class TreeRoomChecksTest extends PreparerFixture
{
    private static final int PERSISTENT = 0;

    @BeforeEach
    void fill()
    {
        tree.create("/a", "xy");
        room.bytesMax(room.bytes());
    }

    private int create(final String path)
    {
        return prepare(session, OpCode.CREATE, writer -> RequestSamples.openAcl(RequestSamples.text(RequestSamples.text(
            writer, path), "z")).writeInt(PERSISTENT));
    }

    private int set(final String data)
    {
        return prepare(session, OpCode.SET_DATA, writer -> RequestSamples.text(RequestSamples.text(writer, "/a"), data)
            .writeInt(ANY_VERSION));
    }

    @Test
    void shouldRefuseNewZnodes()
    {
        assertEquals(ErrorCode.SYSTEM_ERROR, create("/b"));
        assertTrue(preparer.isRefusedForMemory());
    }

    @Test
    void shouldRefuseLongerData()
    {
        assertEquals(ErrorCode.SYSTEM_ERROR, set("xyz"));
        assertTrue(preparer.isRefusedForMemory());
    }

    @Test
    void shouldTakeDataThatIsNotLonger()
    {
        assertEquals(ErrorCode.OK, set("ab"));
        assertEquals(ErrorCode.OK, set("c"));
        assertFalse(preparer.isRefusedForMemory());
    }

    private int lock(final int entries)
    {
        return prepare(session, OpCode.SET_ACL, writer -> list(RequestSamples.text(writer, "/a"), entries).writeInt(
            ANY_VERSION));
    }

    private static JuteWriter list(final JuteWriter writer, final int entries)
    {
        writer.writeInt(entries);
        for (int i = 0; i < entries; i++)
        {
            RequestSamples.entry(writer, Perms.ALL, "digest", "u" + i + ":hash");
        }

        return writer;
    }

    @Test
    void shouldTakeAShortListSoThatAFullTreeCanBeLocked()
    {
        assertEquals(ErrorCode.OK, lock(1));
        assertFalse(preparer.isRefusedForMemory());
    }

    @Test
    void shouldRefuseAListThatTakesMuchMoreMemory()
    {
        assertEquals(ErrorCode.SYSTEM_ERROR, lock(AclNormalizer.ENTRIES_MAX));
        assertTrue(preparer.isRefusedForMemory());
    }

    @Test
    void shouldTakeALongListThatIsThereAlready()
    {
        final byte[] list = RequestSamples.bytes(writer -> list(writer, AclNormalizer.ENTRIES_MAX));
        final int aclId = tree.tree().acls().intern(new UnsafeBuffer(list), 0, list.length);
        room.bytesMax(room.bytes() / 2);

        assertEquals(ErrorCode.OK, lock(AclNormalizer.ENTRIES_MAX));
        tree.tree().acls().release(aclId);
    }

    @Test
    void shouldRefuseAMultiOfWhichAPartHasNoRoom()
    {
        prepare(session, OpCode.MULTI, writer ->
        {
            RequestSamples.text(RequestSamples.part(writer, OpCode.DELETE), "/a").writeInt(ANY_VERSION);
            RequestSamples.openAcl(RequestSamples.text(RequestSamples.text(RequestSamples.part(writer, OpCode.CREATE),
                "/b"), "z")).writeInt(PERSISTENT);
            RequestSamples.lastPart(writer);
        });

        assertTrue(preparer.isRefusedForMemory());
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final int body = new TxnHeaderDecoder().wrapAndApplyHeader(txn.buffer(), 0, header).limit();
        final MultiErrorTxnDecoder refused = new MultiErrorTxnDecoder().wrapAndApplyHeader(txn.buffer(), body, header);
        assertEquals(1, refused.failedPart());
        assertEquals(ErrorCode.SYSTEM_ERROR, refused.errorCode());
    }

    @Test
    void shouldNameOtherReasonsFirst()
    {
        assertEquals(ErrorCode.NODE_EXISTS, create("/a"));
        assertEquals(ErrorCode.NO_NODE, create("/c/d"));
        assertFalse(preparer.isRefusedForMemory());
    }

    @Test
    void shouldCreateAgainAfterADeletion()
    {
        assertEquals(ErrorCode.SYSTEM_ERROR, create("/b"));
        tree.delete("/a");

        assertEquals(ErrorCode.OK, create("/b"));
        assertFalse(preparer.isRefusedForMemory());
    }
}
