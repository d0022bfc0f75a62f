/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static io.caracal.engine.acl.AclSamples.USER_ID;
import static io.caracal.engine.acl.AclSamples.acl;
import static io.caracal.engine.acl.AclSamples.auth;
import static io.caracal.engine.acl.AclSamples.client;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.tree.AclTable;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The permissions that a long ACL grants a client are computed once, and again when the client or the ACL differs. */
class LongAclsTest
{
    private static final int ENTRIES = 100;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final AclChecker checker = new AclChecker(AclSettings.defaults());
    private final Identities who = client(10, 0, 0, 7);
    private DataTree tree;
    private AclTable acls;

    @BeforeEach
    void makeTree()
    {
        tree = new DataTree(memory.ledger(), new TreeOptions(7, true, new EphemeralOwner(true, false)));
        acls = tree.acls();
    }

    @AfterEach
    void closeTree()
    {
        tree.close();
    }

    /** Interns an ACL of many entries for other clients, with the given one in the middle. */
    private int enter(final String entry)
    {
        final String[] entries = new String[ENTRIES];
        for (int i = 0; i < ENTRIES; i++)
        {
            entries[i] = i == ENTRIES / 2 ? entry : "31:ip:10.1.0." + i;
        }
        final UnsafeBuffer encoded = acl(entries);
        return acls.intern(encoded, 0, encoded.capacity());
    }

    private boolean allows(final int aclId, final int perms)
    {
        return checker.allows(acls, aclId, perms, who, who.count());
    }

    private void login()
    {
        assertEquals(AuthOutcome.ACCEPTED, new Authenticator(AclSettings.defaults()).authenticate(auth("digest", "u:p"),
            who));
    }

    @Test
    void shouldGiveWhatTheEntriesGiveTogether()
    {
        final int id = enter("5:ip:10.0.0.0/8");
        assertTrue(allows(id, Perms.READ));
        assertTrue(allows(id, Perms.CREATE));
        assertTrue(allows(id, Perms.WRITE | Perms.READ), "one wanted bit is enough");
        assertFalse(allows(id, Perms.WRITE));
        assertFalse(allows(id, Perms.ADMIN));
    }

    /** Overwrites the bytes of the ACL, which nothing else does, to prove that they are not read again. */
    @Test
    void shouldNotBeGoneThroughForEachRequest()
    {
        final int id = enter("1:ip:10.0.0.7");
        assertTrue(allows(id, Perms.READ));
        ((UnsafeBuffer)acls.view(id)).setMemory(0, acls.length(id), (byte)0);
        assertTrue(allows(id, Perms.READ));
        assertFalse(allows(id, Perms.WRITE));
    }

    @Test
    void shouldTellClientsApart()
    {
        final int id = enter("1:ip:10.0.0.7");
        final Identities other = client(10, 0, 0, 8);
        for (int i = 0; i < 3; i++)
        {
            assertTrue(allows(id, Perms.READ));
            assertFalse(checker.allows(acls, id, Perms.READ, other, other.count()));
        }
    }

    @Test
    void shouldTellAClientFromWhatItWasBefore()
    {
        final int id = enter("1:digest:" + USER_ID);
        assertFalse(allows(id, Perms.READ));
        final int before = who.count();
        login();
        assertTrue(allows(id, Perms.READ));
        assertFalse(checker.allows(acls, id, Perms.READ, who, before), "what it was when the request arrived counts");
        assertTrue(allows(id, Perms.READ));

        who.clear();
        assertFalse(allows(id, Perms.READ));
    }

    @Test
    void shouldTellAnAclFromOneThatHadItsIdBefore()
    {
        final int id = enter("1:ip:10.0.0.7");
        assertTrue(allows(id, Perms.READ));
        acls.release(id);
        assertEquals(id, enter("1:ip:10.0.0.8"), "an id is used again");
        assertFalse(allows(id, Perms.READ));
    }

    @Test
    void shouldTellTablesApart()
    {
        final int id = enter("1:ip:10.0.0.7");
        assertTrue(allows(id, Perms.READ));
        try (DataTree second = new DataTree(memory.ledger(), new TreeOptions(7, true, new EphemeralOwner(true, false))))
        {
            final Identities stranger = client(10, 0, 0, 9);
            final AclTable first = acls;
            acls = second.acls();
            assertEquals(id, enter("1:ip:10.0.0.9"));
            assertTrue(checker.allows(acls, id, Perms.READ, stranger, stranger.count()));
            assertFalse(allows(id, Perms.READ));
            assertFalse(checker.allows(first, id, Perms.READ, stranger, stranger.count()));
        }
    }

    @Test
    void shouldAllowSuperAndEverybodyWhereAclsAreSkipped()
    {
        final int id = enter("1:ip:10.0.0.8");
        final AclSettings skipping = new AclSettings(true, true, "SHA-1", null, List.of());
        assertTrue(new AclChecker(skipping).allows(acls, id, Perms.ADMIN, who, who.count()));
        assertTrue(who.add(Scheme.SUPER, new UnsafeBuffer(new byte[0]), 0, 0));
        assertTrue(allows(id, Perms.ADMIN));
    }
}
