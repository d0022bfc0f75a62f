/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.server.config.ConfigException;
import io.caracal.server.config.Membership;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.config.ZooCfg;
import io.caracal.server.launch.LaunchException;
import java.util.List;
import java.util.Properties;

/** Whatever values a zoo.cfg holds, they are refused with a message, or a server can be made of them. */
class SettingsFuzzTest
{
    private static final int LINES_MAX = 6;
    private static final String[] VALUES = { "0", "1", "-1", "2147483647", "2147483648", "-2147483648", "1000000",
        "yes",
        "true", "", "0.5", "NaN", "1e400", " ", "\u0000", "0x10", "9223372036854775807", "256", "127.0.0.1:1:2",
        "127.0.0.1:3:4:observer;127.0.0.1:5" };

    @FuzzTest(maxDuration = "20s", maxExecutions = 12_000)
    void shouldRefuseInWordsOrMakeEveryContext(final FuzzedDataProvider data)
    {
        final StringBuilder text = new StringBuilder("dataDir=/nowhere\nclientPortAddress=127.0.0.1\n");
        for (int i = data.consumeInt(1, LINES_MAX); i > 0; i--)
        {
            final ServerProperty property = data.pickValue(ServerProperty.values());
            if (!property.key().startsWith("clientPortAddress"))
            {
                text.append(property.key().replace(".N", "." + data.consumeInt(0, 300))).append('=')
                    .append(data.consumeBoolean() ? data.pickValue(VALUES) : data.consumeString(12)).append('\n');
            }
        }

        final Settings settings;
        try
        {
            settings = Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg", text.toString()), new Properties());
            settings.requireStartable();
        }
        catch (final ConfigException refused)
        {
            assertFalse(refused.getMessage().isBlank());
            return;
        }

        assertWires(settings);
    }

    private static void assertWires(final Settings settings)
    {
        final Membership membership = Membership.of(settings);
        final long serverId = membership.isEnsemble() ? membership.servers().get(0).serverId() : OwnServer.ALONE;
        final Wiring wiring = new Wiring(settings, new OwnServer(membership, serverId));
        final MemoryLedger ledger = new MemoryLedger();
        try
        {
            wiring.transport().conclude();
            wiring.journal().onFailure(failure ->
            {
            }).conclude();
            wiring.node(ledger);
            if (membership.isEnsemble())
            {
                wiring.peers().conclude();
                wiring.ensemble(true, false, true);
            }
        }
        catch (final LaunchException refused)
        {
            assertFalse(refused.getMessage().isBlank());
        }

        assertEquals(0, ledger.totalBytes(), "native memory left");
    }
}
