/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import io.caracal.simulator.check.LinearizabilityChecker;
import io.caracal.simulator.check.Operation;
import io.caracal.simulator.check.Stat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The history that a {@link Recorder} wrote, judged by the search of the simulator. */
final class RecordedHistory
{
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Operation> asked = new HashMap<>();

    RecordedHistory(final Path file)
    {
        try
        {
            final String text = Files.readString(file, StandardCharsets.UTF_8);
            // The kill may have torn the last line.
            text.substring(0, text.lastIndexOf('\n') + 1).lines().map(line -> line.split(" ", -1)).forEach(this::add);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** How many answers are recorded by now. */
    static long answers(final Path file)
    {
        try
        {
            return Files.readString(file, StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("A")).count();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void add(final String... words)
    {
        final String name = words[1] + ' ' + words[2];
        if ("I".equals(words[0]))
        {
            asked.put(name, ask(words));
        }
        else
        {
            answer(asked.get(name), words);
        }
    }

    private Operation ask(final String... words)
    {
        final int clientId = Integer.parseInt(words[1]);
        final int number = Integer.parseInt(words[2]);
        final long invokedNs = Long.parseLong(words[7]);
        final Operation operation = new Operation(Operation.Kind.valueOf(words[3]), words[4], clientId, number,
            clientId,
            invokedNs);
        operation.data = words[5];
        operation.version = Integer.parseInt(words[6]);
        operation.outcome = Operation.Outcome.UNKNOWN;
        if (operation.kind == Operation.Kind.GET_DATA)
        {
            operation.sync = new Operation(Operation.Kind.SYNC, words[4], clientId, number, clientId, invokedNs);
        }
        operations.add(operation);

        return operation;
    }

    private static void answer(final Operation operation, final String... words)
    {
        operation.error = Integer.parseInt(words[3]);
        operation.resultData = words[4];
        operation.stat = new Stat(0, 0, 0, 0, Integer.parseInt(words[5]), 0, 0, 0, 0, 0, 0);
        operation.completedNs = Long.parseLong(words[6]);
        operation.outcome = Operation.Outcome.ANSWERED;
        if (operation.sync != null)
        {
            operation.sync.outcome = Operation.Outcome.ANSWERED;
        }
    }

    /** Returns how many znodes were judged. Throws when no order of the operations explains what clients were told. */
    int judge()
    {
        final LinearizabilityChecker checker = new LinearizabilityChecker("/register");
        checker.check(operations);

        return checker.decidedCount();
    }
}
