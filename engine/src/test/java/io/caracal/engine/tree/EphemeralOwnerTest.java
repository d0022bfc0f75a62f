/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.session.SessionIds;
import io.caracal.engine.tree.EphemeralOwner.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class EphemeralOwnerTest
{
    private static final long SESSION = 0x0100_0016_a044_0000L;
    private static final long OLD_TTL = 0x8000_0000_0000_03E8L;

    private final EphemeralOwner plain = new EphemeralOwner(false, false);
    private final EphemeralOwner extended = new EphemeralOwner(true, false);
    private final EphemeralOwner old = new EphemeralOwner(true, true);

    @Test
    void shouldTellTheKinds()
    {
        assertEquals(Kind.NONE, plain.kind(0));
        assertEquals(Kind.SESSION, plain.kind(SESSION));
        assertEquals(Kind.CONTAINER, plain.kind(plain.container()));
        assertEquals(Kind.CONTAINER, old.kind(old.container()));
        assertEquals(Kind.TTL, extended.kind(0xFF00_0000_0000_EA60L));
        assertEquals(Kind.SESSION, extended.kind(0xFF00_0100_0000_EA60L));
        assertEquals(Kind.SESSION, extended.kind(OLD_TTL));
    }

    @Test
    void shouldTakeTtlMarksForSessionsUnlessExtended()
    {
        final long mark = extended.ttl(60_000);
        assertEquals(0xFF00_0000_0000_EA60L, mark);
        assertEquals(Kind.SESSION, plain.kind(mark));
        assertEquals(mark, plain.shown(mark));
        assertEquals(0, extended.shown(mark));
        assertEquals(60_000, extended.ttlMs(mark));
        assertEquals(EphemeralOwner.TTL_MAX_MS, extended.ttlMs(extended.ttl(EphemeralOwner.TTL_MAX_MS)));
    }

    @Test
    void shouldReadTheOldMarkOnRequest()
    {
        assertEquals(Kind.TTL, old.kind(OLD_TTL));
        assertEquals(1000, old.ttlMs(OLD_TTL));
        assertEquals(60_000, old.ttlMs(old.ttl(60_000)));
    }

    @Test
    void shouldKeepALongTimeOfAnOldMark()
    {
        assertEquals(1L << 41, old.ttlMs(EphemeralOwner.CONTAINER | 1L << 41));
    }

    @Test
    void shouldRecognizeOldMarksWhereTheyAreNotRead()
    {
        assertTrue(EphemeralOwner.resemblesOldTtl(OLD_TTL));
        assertTrue(EphemeralOwner.resemblesOldTtl(EphemeralOwner.CONTAINER | EphemeralOwner.TTL_MAX_MS));
        assertFalse(EphemeralOwner.resemblesOldTtl(EphemeralOwner.CONTAINER));
        assertFalse(EphemeralOwner.resemblesOldTtl(extended.ttl(60_000)));
        assertFalse(EphemeralOwner.resemblesOldTtl(SESSION));
        assertFalse(EphemeralOwner.resemblesOldTtl(0x8000_0100_0000_0001L), "a session of server 128");
        assertFalse(EphemeralOwner.resemblesOldTtl(EphemeralOwner.NONE));
    }

    @Test
    void shouldAllowEveryServerIdWhoseSessionsAreReadAsSuch()
    {
        for (final EphemeralOwner owners : List.of(plain, extended, old))
        {
            for (long server = 1; server <= owners.serverIdMax(); server++)
            {
                assertTrue(owners.isSession(new SessionIds(server, 1).next()), "server " + server);
            }
        }
        assertEquals(255, plain.serverIdMax());
        assertEquals(254, extended.serverIdMax());
        assertEquals(127, old.serverIdMax());
        assertFalse(extended.isSession(new SessionIds(255, 1).next()));
    }

    @Test
    void shouldShowSessionsOnly()
    {
        assertEquals(SESSION, extended.shown(SESSION));
        assertEquals(0, extended.shown(EphemeralOwner.CONTAINER));
        assertTrue(extended.isSession(SESSION));
        assertFalse(extended.isSession(0));
    }

    @Test
    void shouldBoundTheTimeToLive()
    {
        assertFalse(extended.isTtlInRange(0));
        assertFalse(extended.isTtlInRange(-1));
        assertTrue(extended.isTtlInRange(1));
        assertTrue(extended.isTtlInRange(EphemeralOwner.TTL_MAX_MS));
        assertFalse(extended.isTtlInRange(EphemeralOwner.TTL_MAX_MS + 1));
    }
}
