/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.servers.JavaCommand;
import io.caracal.bench.servers.JvmFlags;
import io.caracal.server.ServerEnsemble;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(480)
class DividedFleetTest
{
    private static final int SIZE = 50;
    private static final int PROCESSES = 3;

    @Test
    void shouldBeOneCrowdInSeveralProcesses() throws Exception
    {
        try (ServerEnsemble ensemble = ServerEnsemble.launch(3);
            Crowd crowd = crowd(ensemble))
        {
            assertTrue(crowd.connect() > 0);
            crowd.create("/seen");
            crowd.watch("/seen");
            assertEquals(SIZE, crowd.fire("/seen").getTotalCount());
            crowd.idle(1);
            crowd.watch("/seen");
            assertEquals(SIZE, crowd.fire("/seen").getTotalCount(), "watches that were set again");

            final Crowd.Resumed resumed = crowd.resume("/seen", System::nanoTime);
            assertEquals(SIZE, resumed.acknowledged().getTotalCount());
            assertEquals(0, resumed.moved(), "nothing had happened");
        }
    }

    @Test
    void shouldSayWhatAPartOfItCouldNotDo() throws Exception
    {
        try (ServerEnsemble ensemble = ServerEnsemble.launch(1);
            Crowd crowd = crowd(ensemble))
        {
            crowd.connect();
            final FleetException failure = assertThrows(FleetException.class, () -> crowd.watch("no path"));
            assertTrue(failure.getMessage().contains("a request was answered with error"), failure.getMessage());
        }
    }

    private static Crowd crowd(final ServerEnsemble ensemble) throws IOException
    {
        return new DividedFleet(JavaCommand.of(List.of(JvmFlags.argument(), "-Xmx64m"), FleetWorker.class.getName(),
            List.of()), addresses(ensemble), SIZE, 30_000, PROCESSES);
    }

    private static List<InetSocketAddress> addresses(final ServerEnsemble ensemble)
    {
        return List.of(ensemble.connectString().split(",", -1)).stream().map(each -> each.split(":", 2))
            .map(each -> new InetSocketAddress(each[0], Integer.parseInt(each[1]))).toList();
    }
}
