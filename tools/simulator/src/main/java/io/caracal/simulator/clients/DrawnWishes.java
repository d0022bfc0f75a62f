/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.EffectChecker;
import io.caracal.simulator.check.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What all random wishes have in common: numbers, marks, and a memory of the sequential znodes that were created. */
abstract class DrawnWishes implements Wishes
{
    final SplittableRandom random;
    final int clientId;

    /** Sequential znodes of this client, oldest first, so that it can delete them later. */
    final List<String> ownSequences = new ArrayList<>();
    private int nextNumber;

    DrawnWishes(final long seed, final int clientId)
    {
        this.random = new SplittableRandom(seed);
        this.clientId = clientId;
    }

    @Override
    public final Operation of(final Operation.Kind kind, final String path, final long sessionId, final long nowNs)
    {
        return new Operation(kind, path, clientId, nextNumber++, sessionId, nowNs);
    }

    @Override
    public void onAnswered(final Operation operation)
    {
        if (operation.isSequential && operation.error == 0)
        {
            ownSequences.add(operation.resultPath);
        }
    }

    /** Makes a part of a multi, which has the number of the multi. */
    final Operation partOf(final Operation multi, final Operation.Kind kind, final String path)
    {
        return new Operation(kind, path, clientId, multi.number, multi.sessionId, multi.invokedNs);
    }

    /** Gives an operation data that say where they come from. */
    final Operation marked(final Operation operation)
    {
        operation.data = EffectChecker.mark(clientId, operation.number);

        return operation;
    }
}
