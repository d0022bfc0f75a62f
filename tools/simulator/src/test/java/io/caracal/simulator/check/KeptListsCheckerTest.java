/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that keep too many access control lists or too few, and one that keeps the right ones. */
class KeptListsCheckerTest
{
    private static final String RULE = "a server keeps the lists that its znodes have, and no others: ";
    private static final Acl READABLE = Acl.of(Acl.world(Acl.READ | Acl.ADMIN));
    private static final int LISTS_AT_FIRST = 2;

    private final ModelTree tree = new ModelTree();
    private final KeptListsChecker checker = new KeptListsChecker(tree);

    @BeforeEach
    void createTwoOfAKind()
    {
        apply(1, new Txn.Part(Txn.Change.CREATE, "/a", "", 0, 1, READABLE));
        apply(2, new Txn.Part(Txn.Change.CREATE, "/b", "", 0, 2, READABLE));
        apply(3, new Txn.Part(Txn.Change.DELETE, "/a", null, 0, 0));
        apply(4, new Txn.Part(Txn.Change.SET_ACL, "/b", null, 0, 1, Acl.OPEN));
    }

    private void apply(final long zxid, final Txn.Part part)
    {
        tree.apply(new Txn(zxid, 1, 0, new Txn.Origin(1, 1, zxid), Txn.Kind.CHANGE, List.of(part), 0, -1, 0, 0));
    }

    @Test
    void shouldPermitEachListOnceAndAsLongAsAZnodeHasIt()
    {
        checker.onTold(1, 0, LISTS_AT_FIRST);
        checker.onTold(1, 1, LISTS_AT_FIRST + 1);
        checker.onTold(1, 2, LISTS_AT_FIRST + 1);
        checker.onTold(1, 3, LISTS_AT_FIRST + 1);
        checker.onTold(1, 4, LISTS_AT_FIRST);
    }

    @Test
    void shouldSeeAListThatNoZnodeHasAnyMore()
    {
        Broken.rule(RULE, () -> checker.onTold(1, 4, LISTS_AT_FIRST + 1));
    }

    @Test
    void shouldSeeThatAListIsGoneThatAZnodeHas()
    {
        Broken.rule(RULE, () -> checker.onTold(1, 3, LISTS_AT_FIRST));
    }
}
