/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.memory.LedgerExtension;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AclTableTest
{
    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private static int intern(final AclTable table, final String text)
    {
        final UnsafeBuffer acl = TestTree.bytes("##" + text);

        return table.intern(acl, 2, acl.capacity() - 2);
    }

    @Test
    void shouldKeepEachAclOnceWhileSomebodyHoldsIt()
    {
        try (AclTable table = new AclTable(memory.ledger(), new SeededHash(1)))
        {
            final int first = intern(table, "first");
            final int second = intern(table, "second");
            assertNotEquals(first, second);
            assertEquals(first, intern(table, "first"));
            table.acquire(first);
            assertEquals(2, table.count());

            table.release(first);
            table.release(first);
            assertEquals(2, table.count());
            table.release(first);
            assertEquals(1, table.count());
            assertEquals("second".length(), table.length(second));
        }
    }

    @Test
    void shouldTellWhetherAnAclIsKept()
    {
        final UnsafeBuffer acl = TestTree.bytes("#acl");
        try (AclTable table = new AclTable(memory.ledger(), new SeededHash(1)))
        {
            assertFalse(table.isKept(acl, 1, 3));
            final int id = table.intern(acl, 1, 3);
            assertTrue(table.isKept(acl, 1, 3));
            assertFalse(table.isKept(acl, 0, 3));
            table.release(id);
            assertFalse(table.isKept(acl, 1, 3));
        }
    }

    @Test
    void shouldReadALongAclAndFreeItsMemoryWhenNobodyHoldsIt()
    {
        try (AclTable table = new AclTable(memory.ledger(), new SeededHash(1)))
        {
            intern(table, "short");
            final long before = memory.ledger().totalBytes();
            final String text = "acl-".repeat(20_000);
            final int id = intern(table, text);
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[text.length() + 1]);
            assertEquals(text.length(), table.copy(id, copy, 1));
            assertEquals(text, copy.getStringWithoutLengthAscii(1, text.length()));
            assertEquals(text.length(), table.view(id).capacity());
            assertEquals(text, table.view(id).getStringWithoutLengthAscii(0, text.length()));

            table.release(id);
            assertEquals(before, memory.ledger().totalBytes());
        }
    }

    @Test
    void shouldKnowWhatIsOpenToEveryone()
    {
        final UnsafeBuffer open = new UnsafeBuffer(new byte[OpenAcl.LENGTH + 1]);
        try (AclTable table = new AclTable(memory.ledger(), new SeededHash(1)))
        {
            for (int permissions = 0; permissions < 32; permissions++)
            {
                OpenAcl.write(open, 1, permissions);
                assertEquals(permissions, table.openPermissions(table.intern(open, 1, OpenAcl.LENGTH)));
            }
        }
    }

    @Test
    void shouldNotTakeAnotherAclForAnOpenOne()
    {
        final UnsafeBuffer open = new UnsafeBuffer(new byte[OpenAcl.LENGTH]);
        try (AclTable table = new AclTable(memory.ledger(), new SeededHash(1)))
        {
            for (int i = 0; i < OpenAcl.LENGTH; i++)
            {
                OpenAcl.write(open, 0, 31);
                open.putByte(i, (byte)(open.getByte(i) ^ 0x40));
                final boolean isPermission = i >= Integer.BYTES && i < 2 * Integer.BYTES;
                final int expected = isPermission ? open.getInt(Integer.BYTES, ByteOrder.BIG_ENDIAN) : 0;
                assertEquals(expected, table.openPermissions(table.intern(open, 0, OpenAcl.LENGTH)));
            }
            OpenAcl.write(open, 0, 31);
            assertEquals(0, table.openPermissions(table.intern(open, 0, OpenAcl.LENGTH - 1)));
        }
    }

    @Test
    void shouldManageManyAcls()
    {
        try (AclTable table = new AclTable(memory.ledger(), new SeededHash(1)))
        {
            final int[] ids = new int[20_000];
            for (int i = 0; i < ids.length; i++)
            {
                ids[i] = intern(table, "acl of user " + i);
            }
            for (int i = 0; i < ids.length; i++)
            {
                assertEquals(ids[i], intern(table, "acl of user " + i));
                table.release(ids[i]);
                table.release(ids[i]);
            }
            assertEquals(0, table.count());
        }
    }

    @Test
    void shouldRefuseToReleaseWhatNobodyHolds()
    {
        try (AclTable table = new AclTable(memory.ledger(), new SeededHash(1)))
        {
            final int id = intern(table, "acl");
            table.release(id);
            assertThrows(BrokenInvariantException.class, () -> table.release(id));
        }
    }
}
