/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * Checks that a server keeps each access control list once, and no longer than a znode has it. A list that is kept too
 * long does no harm but to memory, so no answer to a client tells of it.
 */
public final class KeptListsChecker
{
    private static final String RULE = "a server keeps the lists that its znodes have, and no others";

    private final ModelTree tree;

    /**
     * Creates a checker.
     *
     * @param tree built from the agreed transactions.
     */
    public KeptListsChecker(final ModelTree tree)
    {
        this.tree = tree;
    }

    /**
     * A server tells how many lists it keeps while nothing is under way.
     *
     * @param serverId  of the server.
     * @param zxid      of the last transaction that it has applied.
     * @param listCount how many different lists it keeps.
     */
    public void onTold(final long serverId, final long zxid, final long listCount)
    {
        final long expected = tree.listCountAt(zxid);
        Violation.unless(listCount == expected, RULE, () -> "server " + serverId + " keeps " + listCount + " at " +
            Violation.zxid(zxid) + " where znodes have " + expected);
    }
}
