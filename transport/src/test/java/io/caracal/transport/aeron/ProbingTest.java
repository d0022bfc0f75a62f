/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProbingTest
{
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int TIMER = 5;
    private static final String ESTABLISHED = "01";
    private static final String PROBES = "02:";

    /** The table of the system shows the timer that each connection waits for. */
    @Test
    void shouldProbeASilentLinkFromBothSides()
    {
        try (PeerCluster cluster = new PeerCluster(context -> context, 1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            final String port = String.format(Locale.ROOT, ":%04X", cluster.ensemble().ports(1).tcp());
            cluster.await("probes by the server that dialed", () -> isProbing(REMOTE, port));
            cluster.await("probes by the server that was dialed", () -> isProbing(LOCAL, port));
        }
    }

    private static boolean isProbing(final int end, final String port)
    {
        return Stream.of("tcp", "tcp6").flatMap(table -> lines(Path.of("/proc/net", table))).map(line -> line.trim()
            .split("\\s+")).anyMatch(fields -> fields[STATE].equals(ESTABLISHED) && fields[end].endsWith(port) &&
                fields[TIMER].startsWith(PROBES));
    }

    private static Stream<String> lines(final Path table)
    {
        try
        {
            return Files.exists(table) ? Files.readAllLines(table).stream() : Stream.empty();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
