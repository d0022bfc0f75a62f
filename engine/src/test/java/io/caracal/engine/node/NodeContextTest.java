/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.AuthEnforcement;
import io.caracal.engine.client.ClientDesk;
import io.caracal.engine.client.ClientLimits;
import io.caracal.engine.prepare.PrepareSettings;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.throttle.ThrottleSettings;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.engine.zab.Ensemble;
import org.junit.jupiter.api.Test;

class NodeContextTest
{
    private final NodeContext context = whole();

    @Test
    void shouldBeAServerAloneUnlessItIsGivenAnEnsemble()
    {
        context.serverId(7).conclude();

        assertEquals(1, context.ensemble().members().size());
        assertEquals(7, context.ensemble().members().serverId(0));
    }

    @Test
    void shouldNotChangeOnceItIsConcluded()
    {
        context.conclude();

        assertThrows(IllegalStateException.class, () -> context.tickTimeMs(1));
        assertThrows(IllegalStateException.class, () -> context.peers(new NoPeers()));
        assertThrows(IllegalStateException.class, context::conclude);
    }

    @Test
    void shouldStayOpenAfterAValueThatIsRefused()
    {
        assertRefused("tickTimeMs", context.tickTimeMs(0));

        assertEquals(5, context.tickTimeMs(5).conclude().tickTimeMs());
    }

    @Test
    void shouldRefuseWhatIsOutOfItsRange()
    {
        assertRefused("serverId", whole().serverId(256));
        assertRefused("proposalRingLength", whole().proposalRingLength(8));
        assertRefused("sessionSecret", whole().sessionSecret(new byte[15]));
        assertRefused("counterRollOver", whole().counterRollOver(0));
    }

    @Test
    void shouldRefuseAnEnsembleThatItIsNoMemberOfOrHasNoHistoryFor()
    {
        final EnsembleSettings two = EnsembleSettings.of(new Ensemble(new long[]{ 1, 2 }, new long[0]));

        assertRefused("serverId", whole().ensemble(two).serverId(3));
        assertRefused("catchUp", whole().ensemble(two));
    }

    @Test
    void shouldNameWhatIsMissing()
    {
        assertEquals("ports", assertThrows(NullPointerException.class, whole().ports(null)::conclude).getMessage());
        assertEquals("peers", assertThrows(NullPointerException.class, whole().peers(null)::conclude).getMessage());
    }

    private static void assertRefused(final String name, final NodeContext refused)
    {
        final String message = assertThrows(IllegalArgumentException.class, refused::conclude).getMessage();
        assertTrue(message.contains(name), message);
    }

    private static NodeContext whole()
    {
        final ClientLimits limits = new ClientLimits(4_000, 40_000, 1_000, 64, -1, 0, 1_000, 0xfffff);

        return new NodeContext().ports(new NodeContext.Ports(null, null, null, null, null, null))
            .sessionSecret(new byte[16]).treeOptions(new TreeOptions(1, false, new EphemeralOwner(false, false)))
            .prepareSettings(new PrepareSettings(false, false, 0xfffff))
            .clientSettings(new ClientDesk.Settings(limits, AclSettings.defaults(), AuthEnforcement.none(),
                ThrottleSettings.defaults()))
            .snapshotSettings(new SnapshotSettings(100_000, 1L << 32, SnapshotSettings.BYTES_PER_SECOND_DEFAULT))
            .reaperSettings(new ReaperSettings(60_000, 10_000, 0));
    }
}
