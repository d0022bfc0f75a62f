/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.shell.server.TestServer;
import io.caracal.shell.server.ZooKeeperTestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Types every transcript into ZooKeeper's own shell too. The answers are equal unless the transcript says why not. */
class DifferenceTest
{
    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("transcripts")
    void shouldDifferFromZooKeeperOnlyWhereSaid(final Transcript transcript) throws Exception
    {
        final List<List<String>> answers;
        try (TestServer server = new ZooKeeperTestServer(directory);
            TypedShell first = new ZooKeeperShell(server.connectString());
            TypedShell second = new ZooKeeperShell(server.connectString()))
        {
            answers = new TranscriptRun(server.connectString(), first, second).run(transcript);
        }

        final List<String> surprises = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++)
        {
            final Transcript.Step step = transcript.steps().get(i);
            final boolean isEqual = withoutHints(step.expected()).equals(withoutHints(answers.get(i)));
            if (isEqual == step.differs())
            {
                surprises.add(step + (isEqual ? " is said to differ and does not" : " " + step.expected() +
                    " but ZooKeeper " + answers.get(i)));
            }
        }

        assertEquals("", String.join("\n", surprises));
    }

    static List<Transcript> transcripts() throws IOException
    {
        return Transcript.all();
    }

    /** Hints are indented lines on stderr that only this shell has. */
    private static List<String> withoutHints(final List<String> answer)
    {
        return answer.stream().filter(line -> !line.startsWith("!   ")).toList();
    }
}
