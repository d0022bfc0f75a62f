/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

/**
 * Random numbers that repeat with their seed (SplitMix64). Not for secrets.
 */
public final class SeededRandom
{
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double DOUBLE_UNIT = 0x1.0p-53;

    private long state;

    /**
     * A sequence.
     *
     * @param seed that decides it.
     */
    public SeededRandom(final long seed)
    {
        state = seed;
    }

    /**
     * The next number.
     *
     * @return any value, all equally likely.
     */
    public long nextLong()
    {
        state += GOLDEN_GAMMA;
        long mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;

        return mixed ^ (mixed >>> 31);
    }

    /**
     * The next number below a bound.
     *
     * @param bound greater than zero.
     * @return 0 to {@code bound - 1}.
     */
    public long nextLong(final long bound)
    {
        return Long.remainderUnsigned(nextLong(), bound);
    }

    /**
     * The next fraction.
     *
     * @return 0 inclusive to 1 exclusive.
     */
    public double nextDouble()
    {
        return (nextLong() >>> 11) * DOUBLE_UNIT;
    }
}
