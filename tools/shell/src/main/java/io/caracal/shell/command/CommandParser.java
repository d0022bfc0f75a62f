/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Fills the fields of a command from words, by the rules people know: options may stand anywhere, {@code -sw} means
 * {@code -s -w}, negative numbers are values, and everything after {@code --} is a value.
 */
final class CommandParser
{
    private static final String END_OF_OPTIONS = "--";

    private CommandParser()
    {
    }

    static CommandLine of(final ShellCommand command)
    {
        return new CommandLine(command).setSeparator(" ").setExpandAtFiles(false).setOverwrittenOptionsAllowed(true)
            .setUnmatchedOptionsArePositionalParams(true);
    }

    /** Fills the fields of the command. words[0] is its name. */
    static void fill(final ShellCommand command, final List<String> words) throws CommandFailure
    {
        final CommandLine parser = of(command);
        final String usage = parser.getCommandSpec().usageMessage().customSynopsis()[0];
        final List<String> arguments = words.subList(1, words.size());
        try
        {
            final CommandLine.ParseResult result = parser.parseArgs(arguments.toArray(new String[0]));
            for (final ArgSpec positional : result.matchedPositionals())
            {
                refuseUnknownOptions(positional.originalStringValues(), arguments, usage);
            }
        }
        catch (final MissingParameterException failure)
        {
            throw new CommandFailure(usage, failure.getMessage() + ".");
        }
        catch (final UnmatchedArgumentException failure)
        {
            throw new CommandFailure(usage, "Too many arguments: " + String.join(" ", failure.getUnmatched()));
        }
        catch (final ParameterException failure)
        {
            throw new CommandFailure(failure.getMessage(), "Usage: " + usage);
        }
    }

    private static void refuseUnknownOptions(final List<String> values, final List<String> arguments,
        final String usage)
        throws CommandFailure
    {
        final int end = arguments.indexOf(END_OF_OPTIONS);
        for (final String value : values)
        {
            final int position = arguments.indexOf(value);
            if (looksLikeOption(value) && position >= 0 && (end < 0 || position < end))
            {
                throw new CommandFailure("Unrecognized option: " + value,
                    "Usage: " + usage + " (put -- before a value that begins with -)");
            }
        }
    }

    private static boolean looksLikeOption(final String word)
    {
        return word.length() > 1 && word.charAt(0) == '-' && !Character.isDigit(word.charAt(1));
    }
}
