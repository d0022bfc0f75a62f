/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.interactive;

import io.caracal.shell.client.Connection;
import io.caracal.shell.command.CommandTable;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completes commands in the first word, options of the command after a dash, and paths after a slash.
 */
final class LineCompleter implements Completer
{
    private final PathCandidates paths;

    LineCompleter(final Connection connection)
    {
        this.paths = new PathCandidates(connection);
    }

    @Override
    public void complete(final LineReader reader, final ParsedLine line, final List<Candidate> candidates)
    {
        final String typed = line.word().substring(0, line.wordCursor());
        if (line.wordIndex() == 0 || (line.wordIndex() == 1 && line.words().get(0).equals("help")))
        {
            CommandTable.names().forEach(name -> candidates.add(new Candidate(name)));
        }
        else if (typed.startsWith("-"))
        {
            addOptions(line.words().get(0), candidates);
        }
        else if (typed.startsWith("/"))
        {
            paths.add(typed, candidates);
        }
    }

    private static void addOptions(final String command, final List<Candidate> candidates)
    {
        if (!CommandTable.contains(command))
        {
            return;
        }

        for (final OptionSpec option : CommandTable.parser(command).getCommandSpec().options())
        {
            final String name = option.longestName();
            candidates.add(new Candidate(name, name, null, option.description()[0], null, null, true));
        }
    }
}
