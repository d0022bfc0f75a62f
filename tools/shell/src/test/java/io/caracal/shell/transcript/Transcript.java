/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text file of lines typed and what a shell answers.
 *
 * <pre>
 * # a remark
 * # differs: why the next line is answered otherwise than by ZooKeeper's shell
 * > typed in the first session
 * 2> typed in the second session
 * | written to stdout
 * ! written to stderr
 * ~ a watch event of that session; waits for it
 * = 1           the line failed
 * </pre>
 *
 * {@code <server>} in a typed line stands for the address of the server.
 */
public final class Transcript
{
    private static final Path SOURCES = Path.of("src", "test", "resources", "transcripts");
    private static final String DIFFERS = "# differs: ";

    private final Path file;
    private final List<Step> steps = new ArrayList<>();

    private Transcript(final Path file)
    {
        this.file = file;
    }

    public static List<Transcript> all() throws IOException
    {
        final List<Transcript> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES))
        {
            for (final Path file : files.sorted().toList())
            {
                all.add(read(file));
            }
        }

        return all;
    }

    public List<Step> steps()
    {
        return steps;
    }

    /** Rewrites the file with the given answers in place of the expected ones. */
    public void update(final List<List<String>> answers) throws IOException
    {
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++)
        {
            lines.addAll(steps.get(i).remarks);
            lines.add(steps.get(i).prompt + steps.get(i).line);
            lines.addAll(answers.get(i));
        }

        Files.write(file, lines);
    }

    @Override
    public String toString()
    {
        return file.getFileName().toString();
    }

    private static Transcript read(final Path file) throws IOException
    {
        final Transcript transcript = new Transcript(file);
        List<String> remarks = new ArrayList<>();
        for (final String line : Files.readAllLines(file))
        {
            if (line.startsWith("> ") || line.startsWith("2> "))
            {
                final int blank = line.indexOf(' ');
                transcript.steps.add(new Step(remarks, line.substring(0, blank + 1), line.substring(blank + 1)));
                remarks = new ArrayList<>();
            }
            else if (line.isEmpty() || line.startsWith("#"))
            {
                remarks.add(line);
            }
            else
            {
                transcript.steps.get(transcript.steps.size() - 1).expected.add(line);
            }
        }

        return transcript;
    }

    /** A typed line and its expected answer. */
    public static final class Step
    {
        private final List<String> remarks;
        private final String prompt;
        private final String line;
        private final List<String> expected = new ArrayList<>();

        Step(final List<String> remarks, final String prompt, final String line)
        {
            this.remarks = remarks;
            this.prompt = prompt;
            this.line = line;
        }

        public boolean isOfSecondSession()
        {
            return prompt.startsWith("2");
        }

        public boolean differs()
        {
            return remarks.stream().anyMatch(remark -> remark.startsWith(DIFFERS));
        }

        public List<String> expected()
        {
            return expected;
        }

        /** Types the line and returns the answer in the form of a transcript. */
        public List<String> type(final TypedShell shell, final String server) throws Exception
        {
            final boolean isDone = shell.execute(line.replace("<server>", server));
            final List<String> answer = new ArrayList<>();
            shell.recording().takeErr().forEach(text -> answer.add(("! " + Mask.of(text)).stripTrailing()));
            shell.recording().takeOut().forEach(text -> answer.add(("| " + Mask.of(text)).stripTrailing()));
            if (!isDone)
            {
                answer.add("= 1");
            }

            return answer;
        }

        /** How many watch events the line is expected to cause. */
        public long events()
        {
            return expected.stream().filter(text -> text.startsWith("~")).count();
        }

        public static String event(final TypedShell shell) throws InterruptedException
        {
            return "~ " + Mask.of(shell.recording().awaitEvent());
        }

        @Override
        public String toString()
        {
            return prompt + line;
        }
    }
}
