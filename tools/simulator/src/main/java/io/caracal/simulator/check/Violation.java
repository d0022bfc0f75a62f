/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/** Something happened that must not happen, whatever the faults were. */
public final class Violation extends RuntimeException
{
    private static final long serialVersionUID = 1;

    /**
     * A broken rule.
     *
     * @param rule what it says, in a few words.
     * @param what how it was broken.
     */
    public Violation(final String rule, final String what)
    {
        super(rule + ": " + what);
    }

    /**
     * Ends the run when a rule is broken.
     *
     * @param holds whether it holds.
     * @param rule  what it says, in a few words.
     * @param what  how it was broken.
     */
    static void unless(final boolean holds, final String rule, final String what)
    {
        if (!holds)
        {
            throw new Violation(rule, what);
        }
    }

    /**
     * A zxid as people read it.
     *
     * @param zxid any.
     * @return epoch and counter.
     */
    public static String zxid(final long zxid)
    {
        return (zxid >>> Integer.SIZE) + ":" + (zxid & 0xffff_ffffL);
    }
}
