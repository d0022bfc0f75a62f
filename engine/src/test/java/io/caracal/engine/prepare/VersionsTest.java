/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.SetDataTxnDecoder;
import io.caracal.engine.txn.codec.TxnHeaderDecoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the versions of a znode that changes billions of times. */
class VersionsTest extends PreparerFixture
{
    @BeforeEach
    void create()
    {
        tree.create("/a", "x");
    }

    private int set(final int expectedVersion)
    {
        return set(session, "/a", expectedVersion);
    }

    private int newVersion()
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final int body = new TxnHeaderDecoder().wrapAndApplyHeader(txn.buffer(), 0, header).limit();

        return new SetDataTxnDecoder().wrapAndApplyHeader(txn.buffer(), body, header).newVersion();
    }

    /** A request for version -1 changes a znode of any version, so no znode may ever have that version. */
    @ParameterizedTest
    @CsvSource({ "0,1", "2147483647,-2147483648", "-3,-2", "-2,0" })
    void shouldWrapAndLeaveOutTheOneThatStandsForAny(final int before, final int after)
    {
        tree.setDataAt("/a", "x", before, tree.zxid() + 1, 1000);

        assertEquals(ErrorCode.OK, set(before));
        assertEquals(after, newVersion());
    }

    @Test
    void shouldRefuseWhoMissedAChangeBeforeTheWrap()
    {
        tree.setDataAt("/a", "x", ANY_VERSION - 1, tree.zxid() + 1, 1000);
        assertEquals(ErrorCode.OK, set(ANY_VERSION - 1));
        propose();

        assertEquals(ErrorCode.BAD_VERSION, set(ANY_VERSION - 1));
        assertEquals(ErrorCode.OK, set(0));
    }
}
