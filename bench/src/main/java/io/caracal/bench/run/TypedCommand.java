/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of a run as a report prints it. It can be pasted into a shell to repeat the run. */
public final class TypedCommand
{
    /** Words that mean the same to a shell with and without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

    private TypedCommand()
    {
    }

    /**
     * Returns the command line.
     *
     * @param arguments of {@code caracal bench}, as the program received them.
     * @return one line, with quotes where a shell needs them.
     */
    public static String line(final List<String> arguments)
    {
        return Stream.concat(Stream.of("caracal", "bench"), arguments.stream().map(TypedCommand::quoted))
            .collect(Collectors.joining(" "));
    }

    private static String quoted(final String word)
    {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
