/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

/**
 * Checks what must be true for the server to be right. A broken invariant stops the server at once: wrong is worse than
 * down.
 */
public final class Invariant
{
    private Invariant()
    {
    }

    /**
     * Checks an invariant, always.
     *
     * @param holds   whether it holds.
     * @param message constant text that says what was broken.
     * @throws BrokenInvariantException when it does not hold.
     */
    public static void check(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new BrokenInvariantException(message);
        }
    }
}
