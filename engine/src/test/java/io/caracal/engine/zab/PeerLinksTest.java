/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.zab.codec.PeerState;
import org.junit.jupiter.api.Test;

class PeerLinksTest
{
    private static final long SELF = 1;
    private static final long OTHER = 2;
    private static final long OBSERVER = 8;
    private static final long STRANGER = 9;
    private static final PeerStatement LEADS =
        new PeerStatement(PeerState.LEADING, 3, new Vote(OTHER, 2, 5), true, false);

    private final PeerLinks links = new PeerLinks(new Ensemble(new long[]{ SELF, OTHER, 3 }, new long[]{ OBSERVER }),
        SELF);

    @Test
    void shouldLinkWithMembersOnly()
    {
        assertTrue(links.onUp(OTHER, 10));
        assertTrue(links.onUp(OBSERVER, 11));
        assertFalse(links.onUp(SELF, 12));
        assertFalse(links.onUp(STRANGER, 13));

        assertTrue(links.isUp(OTHER));
        assertFalse(links.isUp(SELF));
        assertFalse(links.isUp(STRANGER));
        assertFalse(links.hasAllVoters());
        links.onUp(3, 14);
        assertTrue(links.hasAllVoters());
    }

    @Test
    void shouldKeepALinkWhenAnEarlierGenerationOfItEnds()
    {
        links.onUp(OTHER, 10);
        links.onUp(OTHER, 11);
        links.onStatement(OTHER, LEADS);

        assertFalse(links.onDown(OTHER, 10));
        assertTrue(links.isUp(OTHER));
        assertEquals(LEADS, links.statement(OTHER));
        assertTrue(links.onDown(OTHER, 11));
        assertFalse(links.isUp(OTHER));
    }

    /** Whoever led before its link ended may lead no more. */
    @Test
    void shouldForgetWhatWasSaidInAnEarlierGeneration()
    {
        links.onUp(OTHER, 10);
        links.onStatement(OTHER, LEADS);
        links.onUp(OTHER, 11);
        assertEquals(PeerStatement.NONE, links.statement(OTHER));

        links.onStatement(OTHER, LEADS);
        links.onDown(OTHER, 11);
        assertEquals(PeerStatement.NONE, links.statement(OTHER));
    }
}
