/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One run of the shell, with everything it wrote. */
record CapturedRun(int exitCode, List<String> out, List<String> err)
{
    /** Runs the shell with an empty pipe. */
    static CapturedRun of(final String... args)
    {
        return piped("", args);
    }

    /** Runs the shell with a pipe that holds the text. */
    static CapturedRun piped(final String input, final String... args)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        final int exitCode = ShellMain.run(args, in, out, err);
        return new CapturedRun(exitCode, lines(out), lines(err));
    }

    private static List<String> lines(final ByteArrayOutputStream bytes)
    {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
