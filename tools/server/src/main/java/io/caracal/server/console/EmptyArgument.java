/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.console;

import java.util.stream.Stream;

/**
 * Finds empty arguments of a command. Most likely a variable of a script is not set, and as a path an empty text would
 * mean the working directory.
 */
public final class EmptyArgument
{
    /** What to say about it. */
    public static final String MESSAGE = "an argument is empty; perhaps a variable is not set";

    private EmptyArgument()
    {
    }

    /**
     * Whether an argument, or the value of a long option, is empty.
     *
     * @param args of the command line.
     * @return true when the command should not run.
     */
    public static boolean isAmong(final String... args)
    {
        return Stream.of(args).anyMatch(arg -> arg.isEmpty() || (arg.startsWith("--") && arg.endsWith("=")));
    }
}
