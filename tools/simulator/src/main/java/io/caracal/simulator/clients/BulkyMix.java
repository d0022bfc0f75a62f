/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import java.util.List;
import java.util.SplittableRandom;

/** The wishes of another mix with longer data: often a few bytes, often kilobytes, at times all that a frame holds. */
final class BulkyMix implements Wishes
{
    private static final String PADDING = ".".repeat(60_000);
    private static final int MIDDLING_MAX = 8 << 10;

    private final SplittableRandom random;
    private final Wishes wishes;

    BulkyMix(final long seed, final Wishes wishes)
    {
        this.random = new SplittableRandom(seed);
        this.wishes = wishes;
    }

    @Override
    public List<Operation> next(final long sessionId, final long nowNs)
    {
        final List<Operation> next = wishes.next(sessionId, nowNs);
        next.forEach(this::pad);

        return next;
    }

    private void pad(final Operation operation)
    {
        if (operation.data != null)
        {
            operation.data += PADDING.substring(0, length(PADDING.length()));
        }
        for (final Operation part : operation.parts)
        {
            if (part.data != null)
            {
                part.data += PADDING.substring(0, length(PADDING.length() / operation.parts.size()));
            }
        }
    }

    private int length(final int max)
    {
        return switch (random.nextInt(10))
        {
            case 0, 1 -> random.nextInt(max);
            case 2, 3, 4 -> random.nextInt(MIDDLING_MAX);
            default -> 0;
        };
    }

    @Override
    public Operation of(final Operation.Kind kind, final String path, final long sessionId, final long nowNs)
    {
        return wishes.of(kind, path, sessionId, nowNs);
    }

    @Override
    public void onAnswered(final Operation operation)
    {
        wishes.onAnswered(operation);
    }
}
