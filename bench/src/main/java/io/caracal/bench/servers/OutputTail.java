/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the last lines of a server's output for the message of a failure. The file itself may be gone by the time
 * somebody reads the message.
 */
public final class OutputTail
{
    private static final int LINES = 20;

    private OutputTail()
    {
    }

    /**
     * Returns the last lines.
     *
     * @param output of a server, in any encoding.
     * @return the lines, or why there are none.
     */
    public static String of(final Path output)
    {
        try
        {
            final List<String> lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        }
        catch (final IOException ex)
        {
            return "no output: " + ex;
        }
    }
}
