/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Searches for an order of the operations on one register that fits their results and times. It does not know zxids.
 * The algorithm is the search of Wing and Gong, with Lowe's cache of states from which no order was found.
 */
final class LinearizabilitySearch
{
    /** Result of a search. */
    enum Verdict
    {
        /** There is such an order. */
        LINEARIZABLE,
        /** There is none. */
        NOT_LINEARIZABLE,
        /** Too many possibilities to tell. */
        UNDECIDED
    }

    private final List<RegisterStep> steps;
    private final int stepsMax;
    private final Set<State> visited = new HashSet<>();
    private int mustHappen;
    private int tried;

    private record State(BitSet done, Register register)
    {
    }

    /**
     * One step of the path that is being tried: the index of the operation, the register before it, and the next
     * candidate to try if no order continues from here.
     */
    private record Move(int step, Register before, int nextCandidate)
    {
    }

    /**
     * Creates a search.
     *
     * @param steps    in any order.
     * @param triesMax maximum number of steps of the search.
     */
    LinearizabilitySearch(final List<RegisterStep> steps, final int triesMax)
    {
        this.steps = new ArrayList<>(steps);
        this.steps.sort(Comparator.comparingLong(RegisterStep::invokedNs));
        this.stepsMax = triesMax;
    }

    Verdict run()
    {
        final List<Move> path = new ArrayList<>();
        final BitSet done = new BitSet(steps.size());
        Register register = Register.ABSENT;
        mustHappen = (int)steps.stream().filter(RegisterStep::isKnown).count();
        int candidate = 0;

        while (mustHappen > 0)
        {
            if (++tried > stepsMax)
            {
                return Verdict.UNDECIDED;
            }

            candidate = nextCandidate(done, candidate);
            final Register after = candidate < 0 ? null : register.after(steps.get(candidate));

            if (candidate < 0)
            {
                if (path.isEmpty())
                {
                    return Verdict.NOT_LINEARIZABLE;
                }

                final Move last = path.remove(path.size() - 1);
                undo(done, last.step);
                register = last.before;
                candidate = last.nextCandidate;
            }
            else if (after != null && isNew(done, candidate, after))
            {
                path.add(new Move(candidate, register, candidate + 1));
                register = after;
                mustHappen -= steps.get(candidate).isKnown() ? 1 : 0;
                candidate = 0;
            }
            else
            {
                candidate++;
            }
        }

        return Verdict.LINEARIZABLE;
    }

    /**
     * The next operation, at or after an index, that may come first among those that are left: none of them ended
     * before it began. Returns -1 if there is none.
     */
    private int nextCandidate(final BitSet done, final int from)
    {
        long firstEndNs = Long.MAX_VALUE;

        for (int i = done.nextClearBit(0); i < steps.size(); i = done.nextClearBit(i + 1))
        {
            if (steps.get(i).invokedNs() > firstEndNs)
            {
                return -1;
            }

            if (i >= from)
            {
                return i;
            }

            firstEndNs = Math.min(firstEndNs, steps.get(i).endedNs());
        }

        return -1;
    }

    private boolean isNew(final BitSet done, final int candidate, final Register after)
    {
        done.set(candidate);

        if (visited.add(new State((BitSet)done.clone(), after)))
        {
            return true;
        }

        done.clear(candidate);

        return false;
    }

    private void undo(final BitSet done, final int step)
    {
        done.clear(step);
        mustHappen += steps.get(step).isKnown() ? 1 : 0;
    }
}
