/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.tree.TestTree;
import io.caracal.engine.txn.TxnWriter;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Applies transactions to a tree that is empty at first. */
class ApplierFixture
{
    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();
    final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer());
    TestTree tree;
    Replica replica;
    TxnApplier applier;

    @BeforeEach
    void open()
    {
        tree = new TestTree(memory.ledger());
        replica = new Replica(tree.tree(), new QuotaTable(tree.tree(), false));
        applier = new TxnApplier(replica, new SilentEvents());
    }

    @AfterEach
    void close()
    {
        replica.close();
    }
}
