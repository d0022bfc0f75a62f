/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.transcript;

import java.util.ArrayList;
import java.util.List;

/** Types a transcript into two sessions of a shell. */
final class TranscriptRun
{
    private final String server;
    private final TypedShell first;
    private final TypedShell second;

    TranscriptRun(final String server, final TypedShell first, final TypedShell second)
    {
        this.server = server;
        this.first = first;
        this.second = second;
    }

    /** Returns the answers, one list per step. Events come last in an answer, those of the first session first. */
    List<List<String>> run(final Transcript transcript) throws Exception
    {
        final List<List<String>> answers = new ArrayList<>();
        for (final Transcript.Step step : transcript.steps())
        {
            final List<String> answer = step.type(step.isOfSecondSession() ? second : first, server);
            for (long i = 0; i < step.events(); i++)
            {
                answer.add(Transcript.Step.event(first));
            }

            answers.add(answer);
        }

        return answers;
    }

    /** Returns the events that no step waited for, once all have come: the answer to sync comes behind them. */
    List<String> remainingEvents()
    {
        first.execute("sync /");
        return first.recording().remainingEvents();
    }
}
