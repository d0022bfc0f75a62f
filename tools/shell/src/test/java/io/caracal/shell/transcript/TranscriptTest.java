/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.shell.command.CommandTable;
import io.caracal.shell.server.TestServer;
import io.caracal.shell.server.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptTest
{
    /** Set this to write the present answers into the transcripts, which are then reviewed as text. */
    private static final boolean IS_UPDATING = Boolean.getBoolean("transcripts.update");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("transcriptsOnServers")
    void shouldAnswerAsWritten(final Transcript transcript, final TestServers.Kind kind) throws Exception
    {
        try (TestServer server = kind.launch().apply(directory);
            TypedShell first = new CaracalShell(server.connectString());
            TypedShell second = new CaracalShell(server.connectString()))
        {
            final TranscriptRun run = new TranscriptRun(server.connectString(), first, second);
            final List<List<String>> answers = run.run(transcript);
            if (IS_UPDATING)
            {
                transcript.update(answers);
            }

            assertEquals(text(transcript, expected(transcript)), text(transcript, answers));
            assertEquals(List.of(), run.remainingEvents(), "watch events that the transcript does not mention");
        }
    }

    @Test
    void shouldTypeEachCommandSomewhere() throws IOException
    {
        final List<String> typed = new ArrayList<>();
        for (final Transcript transcript : Transcript.all())
        {
            transcript.steps().forEach(step -> typed.add(step.toString()));
        }

        for (final String name : CommandTable.names())
        {
            assertTrue(typed.stream().anyMatch(line -> line.matches("2?> " + name + "( .*)?")), name + " is not typed");
        }
    }

    static Stream<Arguments> transcriptsOnServers() throws IOException
    {
        return Transcript.all().stream()
            .flatMap(transcript -> TestServers.kinds().stream().map(kind -> Arguments.of(transcript, kind)));
    }

    private static List<List<String>> expected(final Transcript transcript)
    {
        return transcript.steps().stream().map(Transcript.Step::expected).toList();
    }

    private static String text(final Transcript transcript, final List<List<String>> answers)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < answers.size(); i++)
        {
            text.append(transcript.steps().get(i)).append('\n');
            answers.get(i).forEach(line -> text.append(line).append('\n'));
        }

        return text.toString();
    }
}
