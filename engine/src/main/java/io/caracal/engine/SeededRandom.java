/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

/**
 * The engine's only source of randomness: SplitMix64, so the same seed gives the same run everywhere. Not for secrets.
 * Not thread-safe.
 */
public final class SeededRandom
{
    private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;
    private static final double DOUBLE_UNIT = 0x1.0p-53;
    private static final int DOUBLE_SHIFT = 11;

    private long state;

    /**
     * Creates a generator.
     *
     * @param seed any number.
     */
    public SeededRandom(final long seed)
    {
        state = seed;
    }

    /**
     * The next number.
     *
     * @return any, all equally likely.
     */
    public long nextLong()
    {
        state += GAMMA;
        long mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;

        return mixed ^ (mixed >>> 31);
    }

    /**
     * The next number below a bound.
     *
     * @param bound greater than zero.
     * @return zero to {@code bound - 1}; for bounds far below 2^63, all are equally likely for every practical purpose.
     */
    public long nextLong(final long bound)
    {
        Invariant.check(bound > 0, "bound of a random number");

        return (nextLong() & Long.MAX_VALUE) % bound;
    }

    /**
     * The next number below a bound.
     *
     * @param bound greater than zero.
     * @return zero to {@code bound - 1}.
     */
    public int nextInt(final int bound)
    {
        return (int)nextLong(bound);
    }

    /**
     * The next fraction.
     *
     * @return from 0, inclusive, to 1, exclusive.
     */
    public double nextDouble()
    {
        return (nextLong() >>> DOUBLE_SHIFT) * DOUBLE_UNIT;
    }
}
