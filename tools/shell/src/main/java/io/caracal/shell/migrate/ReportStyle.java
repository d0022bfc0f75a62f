/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.shell.terminal.Output;
import picocli.CommandLine.Option;

/** Options that say how a command reports. */
final class ReportStyle
{
    @Option(names = "--json", description = "Report as JSON.")
    private boolean isJson;

    @Option(names = { "-q", "--quiet" }, description = "No progress.")
    private boolean isQuiet;

    boolean isJson()
    {
        return isJson;
    }

    /** Applies the options. Called before anything is printed. */
    void apply(final Output output)
    {
        if (isQuiet)
        {
            output.quiet();
        }
    }
}
