/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Checks a history without looking at zxids, which the other checkers rely on. It takes the operations on each
 * persistent znode out of the history and searches for an order that explains them. Znodes that end with sessions, have
 * children or get their name from the server are left out.
 */
public final class LinearizabilityChecker
{
    private static final String RULE = "writes and synced reads are linearizable";
    private static final int TRIES_MAX = 2_000_000;

    private final String prefix;
    private final List<Restored> restores = new ArrayList<>();
    private int decidedCount;
    private int undecidedCount;

    /**
     * Creates a checker.
     *
     * @param prefix of the paths that are treated as registers.
     */
    public LinearizabilityChecker(final String prefix)
    {
        this.prefix = prefix;
    }

    /** A restore, as a write of every register at once. */
    private record Restored(long appendedNs, long agreedNs, Function<String, Znode> state)
    {
        private RegisterStep step(final String path)
        {
            final Znode znode = state.apply(path);

            return new RegisterStep(RegisterStep.Kind.RESTORE, znode == null ? null : znode.data(), znode == null ? 0 :
                znode.version(), 0, true, appendedNs, agreedNs);
        }
    }

    /**
     * A restore replaced the whole tree by an earlier state.
     *
     * @param appendedNs earliest true time at which it took effect.
     * @param agreedNs   latest true time at which it took effect.
     * @param state      returns the restored znode of a path, null for none.
     */
    public void onRestored(final long appendedNs, final long agreedNs, final Function<String, Znode> state)
    {
        restores.add(new Restored(appendedNs, agreedNs, state));
    }

    /**
     * Checks a history, and ends the run if a register is not linearizable.
     *
     * @param operations all operations of the history.
     */
    public void check(final List<Operation> operations)
    {
        final TreeMap<String, List<RegisterStep>> stepsOf = new TreeMap<>();
        operations.forEach(operation -> collect(stepsOf, operation));

        stepsOf.forEach((path, steps) ->
        {
            restores.forEach(restored -> steps.add(restored.step(path)));
            final LinearizabilitySearch.Verdict verdict = new LinearizabilitySearch(steps, TRIES_MAX).run();
            Violation.unless(verdict != LinearizabilitySearch.Verdict.NOT_LINEARIZABLE, RULE,
                () -> path + ": no order of " +
                    steps.size() + " operations explains what was told");
            decidedCount += verdict == LinearizabilitySearch.Verdict.LINEARIZABLE ? 1 : 0;
            undecidedCount += verdict == LinearizabilitySearch.Verdict.UNDECIDED ? 1 : 0;
        });
    }

    /**
     * Number of registers whose operations could be explained.
     *
     * @return zero or more.
     */
    public int decidedCount()
    {
        return decidedCount;
    }

    /**
     * Number of registers with too many possibilities to decide.
     *
     * @return zero or more.
     */
    public int undecidedCount()
    {
        return undecidedCount;
    }

    private void collect(final Map<String, List<RegisterStep>> stepsOf, final Operation operation)
    {
        if (operation.kind == Operation.Kind.MULTI)
        {
            collectParts(stepsOf, operation);
        }
        else if (operation.path.startsWith(prefix))
        {
            final RegisterStep step = step(operation, operation, operation.error);

            if (step != null)
            {
                stepsOf.computeIfAbsent(operation.path, key -> new ArrayList<>()).add(step);
            }
        }
    }

    /** Collects the parts of a multi that succeeded or may have succeeded. A multi that failed did nothing. */
    private void collectParts(final Map<String, List<RegisterStep>> stepsOf, final Operation multi)
    {
        final boolean hasFailed =
            multi.isAnswered() && (multi.error != 0 || multi.partErrors.stream().anyMatch(error -> error != 0));

        for (final Operation part : hasFailed ? List.<Operation>of() : multi.parts)
        {
            final RegisterStep step = step(multi, part, 0);

            if (step != null && part.path.startsWith(prefix))
            {
                stepsOf.computeIfAbsent(part.path, key -> new ArrayList<>()).add(step);
            }
        }
    }

    private static RegisterStep step(final Operation asked, final Operation what, final int error)
    {
        final boolean isKnown = asked.isAnswered();
        final long endedNs = isKnown ? asked.completedNs : Long.MAX_VALUE;
        final boolean isParentMissing = what.kind == Operation.Kind.CREATE && error == Operation.NO_NODE;
        final boolean isWithoutEffect = error == Operation.SYSTEM_ERROR || error == Operation.SESSION_EXPIRED ||
            isParentMissing;

        if (isWithoutEffect)
        {
            return null;
        }

        return switch (what.kind)
        {
            case CREATE -> new RegisterStep(RegisterStep.Kind.CREATE, what.data, Operation.ANY_VERSION, error, isKnown,
                asked.invokedNs, endedNs);
            case SET_DATA -> new RegisterStep(RegisterStep.Kind.SET, what.data, what.version, error, isKnown,
                asked.invokedNs, endedNs);
            case DELETE -> new RegisterStep(RegisterStep.Kind.DELETE, null, what.version, error, isKnown,
                asked.invokedNs, endedNs);
            case GET_DATA -> isKnown && asked.sync != null && asked.sync.isAnswered() ? new RegisterStep(
                RegisterStep.Kind.READ, what.resultData, what.stat == null ? 0 : what.stat.version(), error, true,
                asked.sync.invokedNs, endedNs) : null;
            default -> null;
        };
    }
}
