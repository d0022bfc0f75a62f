/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The last lines of what a server said, for the message of a failure: the file may be gone when somebody reads that.
 */
public final class OutputTail
{
    private static final int LINES = 20;

    private OutputTail()
    {
    }

    /**
     * The last lines.
     *
     * @param output of a server, in whatever encoding.
     * @return lines, or why there are none.
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
