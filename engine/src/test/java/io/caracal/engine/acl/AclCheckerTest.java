/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static io.caracal.engine.acl.AclSamples.USER_ID;
import static io.caracal.engine.acl.AclSamples.acl;
import static io.caracal.engine.acl.AclSamples.auth;
import static io.caracal.engine.acl.AclSamples.client;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.protocol.Allocation;
import io.caracal.engine.protocol.Perms;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AclCheckerTest
{
    private final AclChecker checker = new AclChecker(AclSettings.defaults());
    private final Identities who = client(10, 0, 0, 7);

    private boolean allows(final int perms, final String... entries)
    {
        final UnsafeBuffer acl = acl(entries);
        return checker.allows(acl, 0, acl.capacity(), perms, who, who.count());
    }

    private void login()
    {
        assertEquals(AuthOutcome.ACCEPTED, new Authenticator(AclSettings.defaults()).authenticate(auth("digest", "u:p"),
            who));
    }

    @Test
    void shouldAllowEverybodyWhatTheWorldMay()
    {
        assertTrue(allows(Perms.READ, "1:world:anyone"));
        assertFalse(allows(Perms.WRITE, "1:world:anyone"));
        assertTrue(allows(Perms.READ | Perms.ADMIN, "16:world:anyone"), "one wanted bit is enough");
        assertTrue(allows(Perms.WRITE, "1:world:anyone", "2:world:anyone"));
        assertFalse(allows(Perms.READ, "31:world:nobody"));
    }

    @Test
    void shouldAllowEverythingWithoutAcl()
    {
        assertTrue(allows(Perms.ALL));
        assertTrue(checker.allows(acl("1:world:x"), 0, 0, Perms.WRITE, who, who.count()));
        assertTrue(checker.allows(new UnsafeBuffer(new byte[]{ -1, -1, -1, -1 }), 0, 4, Perms.WRITE, who, 0));
    }

    @Test
    void shouldAllowWhoHasTheIdentity()
    {
        assertFalse(allows(Perms.READ, "31:digest:" + USER_ID));
        login();
        assertTrue(allows(Perms.READ, "31:digest:" + USER_ID));
        assertFalse(allows(Perms.READ, "2:digest:" + USER_ID));
        assertFalse(allows(Perms.READ, "31:digest:" + USER_ID + "x"));
        assertFalse(allows(Perms.READ, "31:digest:v" + USER_ID.substring(1)));
        assertFalse(allows(Perms.READ, "31:sasl:" + USER_ID, "31:x509:" + USER_ID, "31:auth:" + USER_ID, "31:super:"));
    }

    @Test
    void shouldJudgeByTheIdentitiesThatWereThereAtArrival()
    {
        final int atArrival = who.count();
        final UnsafeBuffer acl = acl("31:digest:" + USER_ID);
        login();

        assertFalse(checker.allows(acl, 0, acl.capacity(), Perms.READ, who, atArrival));
        assertTrue(checker.allows(acl, 0, acl.capacity(), Perms.READ, who, who.count()));
        assertFalse(checker.allows(acl("31:ip:10.0.0.7"), 0, acl("31:ip:10.0.0.7").capacity(), Perms.READ, who, 0));
    }

    @Test
    void shouldAllowByAddress()
    {
        assertTrue(allows(Perms.READ, "31:ip:10.0.0.7"));
        assertTrue(allows(Perms.READ, "31:ip:10.0.0.0/8"));
        assertTrue(allows(Perms.READ, "31:ip:0.0.0.0/0"));
        assertTrue(allows(Perms.READ, "31:ip:10.0.0.6/31"));
        assertFalse(allows(Perms.READ, "31:ip:10.0.0.6/32"));
        assertFalse(allows(Perms.READ, "31:ip:10.0.0.8"));
        assertFalse(allows(Perms.READ, "31:ip:::/0"), "of the other family");
        assertFalse(allows(Perms.READ, "31:ip:nonsense"));
    }

    @Test
    void shouldAllowByWideAddress()
    {
        final Identities wide = client(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

        for (final String range : new String[]{ "2001:db8::1", "2001:db8::/32", "2001:DB8:0:0:0:0:0:0/127", "::/0" })
        {
            final UnsafeBuffer acl = acl("31:ip:" + range);
            assertTrue(checker.allows(acl, 0, acl.capacity(), Perms.READ, wide, 1), range);
        }

        final UnsafeBuffer acl = acl("31:ip:2001:db8::2/127");
        assertFalse(checker.allows(acl, 0, acl.capacity(), Perms.READ, wide, 1));
        assertEquals("ip=2001:db8:0:0:0:0:0:1", AclSamples.whoAmI(wide));
    }

    @Test
    void shouldAllowSuperEverything()
    {
        final Authenticator authenticator = new Authenticator(AclSamples.withSuper(USER_ID));
        final int before = who.count();
        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("digest", "u:p"), who));
        final UnsafeBuffer acl = acl("0:world:anyone");

        assertTrue(checker.allows(acl, 0, acl.capacity(), Perms.ADMIN, who, who.count()));
        assertFalse(checker.allows(acl, 0, acl.capacity(), Perms.ADMIN, who, before));
        assertEquals("ip=10.0.0.7 super= digest=u", AclSamples.whoAmI(who));
    }

    @Test
    void shouldSkipAclWhenTold()
    {
        final AclChecker skipping = new AclChecker(new AclSettings(true, true, "SHA1", null, List.of()));
        final UnsafeBuffer acl = acl("0:world:anyone");

        assertTrue(skipping.allows(acl, 0, acl.capacity(), Perms.ADMIN, who, 0));
    }

    @Test
    void shouldNotKnowDigestWhenSwitchedOff()
    {
        login();
        final AclChecker off = new AclChecker(new AclSettings(false, false, "SHA1", null, List.of()));
        final UnsafeBuffer acl = acl("31:digest:" + USER_ID);

        assertFalse(off.allows(acl, 0, acl.capacity(), Perms.READ, who, who.count()));
    }

    @Test
    void shouldNotAllocate()
    {
        login();
        final AclNormalizer normalizer = new AclNormalizer(AclSettings.defaults(), AclSamples::hash);
        final UnsafeBuffer acl = acl("1:ip:192.168.0.0/16", "1:ip:2001:db8::/32", "2:world:anyone", "1:digest:" +
            USER_ID);
        final UnsafeBuffer asked = acl("31:auth:", "1:ip:::1/128", "1:world:anyone", "1:world:anyone");

        Allocation.assertNone(() ->
        {
            assertTrue(checker.allows(acl, 0, acl.capacity(), Perms.READ, who, 2));
            assertEquals(0, normalizer.normalize(asked, 0, asked.capacity(), who, 2));
            AclMask.maskedLength(acl, 0);
        });
    }

    /** Counts how often it is read, by at most eight bytes at a time. */
    private static final class CountedBuffer extends UnsafeBuffer
    {
        private int reads;

        private CountedBuffer(final UnsafeBuffer other)
        {
            super(other);
        }

        @Override
        public long getLong(final int index)
        {
            reads++;
            return super.getLong(index);
        }

        @Override
        public byte getByte(final int index)
        {
            reads++;
            return super.getByte(index);
        }
    }

    /** Long ids that differ only in their hash must not all be compared with each other from the beginning. */
    @Test
    void shouldNotCompareLongEntriesWithLongIdentitiesInVain()
    {
        final int entries = 200;
        final int prefixLength = 900;
        final Authenticator authenticator = new Authenticator(AclSettings.defaults());
        while (who.count() < Identities.IDENTITIES_MAX)
        {
            assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("digest", "u".repeat(prefixLength) +
                ":" + who.count()), who));
        }
        final String[] others = new String[entries];
        for (int i = 0; i < entries; i++)
        {
            others[i] = "31:digest:" + "u".repeat(prefixLength) + USER_ID.substring(1, USER_ID.length() - 3) +
                (100 + i);
        }
        final CountedBuffer acl = new CountedBuffer(acl(others));

        assertFalse(checker.allows(acl, 0, acl.capacity(), Perms.READ, who, who.count()));
        assertTrue(acl.reads < entries * 100, "reads " + acl.reads);
    }
}
