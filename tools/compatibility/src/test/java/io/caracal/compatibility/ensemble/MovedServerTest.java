/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Moves servers that know each other by name, in network name spaces. Each one goes away and comes back under another
 * address, while the others keep running with the address that they once looked up. Runs only with
 * -Dcaracal.compatibility.full=true.
 */
@EnabledIfSystemProperty(named = "caracal.compatibility.full", matches = "true")
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MovedServerTest
{
    private static final int SIZE = 3;
    private static final int MOVED = 100;

    @Test
    void shouldTakeBackServersThatComeBackUnderOtherAddresses() throws Exception
    {
        Islands.require("MovedServerTest");
        final Path hosts = Files.createTempFile(Files.createDirectories(Path.of("target", "servers")), "hosts", "")
            .toAbsolutePath();
        try (Islands islands = new Islands(SIZE, hosts); LocalEnsemble ensemble = new LocalEnsemble(islands, SIZE))
        {
            for (int id = 1; id <= SIZE; id++)
            {
                ensemble.kill(id);
                islands.move(id, MOVED + id);
                ensemble.start(id);
                ensemble.awaitAllServing();
            }
        }
        finally
        {
            Files.delete(hosts);
        }
    }
}
