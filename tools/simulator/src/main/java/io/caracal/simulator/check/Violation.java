/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.function.Supplier;

/** Thrown when a rule is broken that must hold whatever the faults are. */
public final class Violation extends RuntimeException
{
    private static final long serialVersionUID = 1;

    /**
     * Creates the violation of a rule.
     *
     * @param rule in a few words.
     * @param what how it was broken.
     */
    public Violation(final String rule, final String what)
    {
        super(rule + ": " + what);
    }

    /**
     * Throws a violation, which ends the run, unless a rule holds.
     *
     * @param holds whether it holds.
     * @param rule  in a few words.
     * @param what  tells how it was broken; asked only then, because rules are looked at all the time.
     */
    static void unless(final boolean holds, final String rule, final Supplier<String> what)
    {
        if (!holds)
        {
            throw new Violation(rule, what.get());
        }
    }

    /**
     * Formats a zxid for people.
     *
     * @param zxid any.
     * @return epoch and counter, separated by a colon.
     */
    public static String zxid(final long zxid)
    {
        return (zxid >>> Integer.SIZE) + ":" + (zxid & 0xffff_ffffL);
    }
}
