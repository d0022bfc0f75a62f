/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the list of deliberate differences is true, on both sides and in the README. */
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DifferenceTest
{
    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldDifferAsTheListSays(final ServerKind kind) throws IOException
    {
        ServerUnderTest server = launch(kind);

        try
        {
            for (final Difference difference : Difference.values())
            {
                if (!server.isAlive())
                {
                    server.close();
                    server = launch(kind);
                }

                assertEquals(difference.outcome(kind.isCaracal()), difference.probe(server), difference.name());
            }
        }
        finally
        {
            server.close();
        }
    }

    private static ServerUnderTest launch(final ServerKind kind)
    {
        return kind.launch(new ServerSettings().with("enforceQuota", "true"));
    }

    @Test
    void shouldPrintEveryDifferenceInTheReadme() throws IOException
    {
        final List<String> lines = Files.readAllLines(Path.of("README.md"));

        for (final Difference difference : Difference.values())
        {
            assertTrue(lines.contains(difference.row()), "README.md lacks the line\n" + difference.row());
        }
    }
}
