/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.MemoryLedger;

/**
 * The contents of one tree. The stores refer to each other, so they are made together and emptied together, and they
 * move together when two trees exchange their contents. Owned by the tree that holds them.
 */
final class TreeStores
{
    /** ZooKeeper's estimate counts one byte for the path "/", which names the root along with the empty path. */
    private static final long ROOT_ALIAS_LENGTH = 1;

    final NodeStore nodes;
    final NodeStats stats;
    final PayloadStore payloads;
    final NodeNames names;
    final PathIndex index;
    final FamilyStore families;
    final ChildList children;
    final OwnedZnodes owned;
    final AclTable acls;
    final TreeDigest digest;
    final TreeWalk walk;
    final ParentStats parents;
    final BirthOrder births = new BirthOrder();
    /** Size of paths and payloads as ZooKeeper estimates it. */
    long dataSize = ROOT_ALIAS_LENGTH;

    TreeStores(final MemoryLedger ledger, final TreeOptions options)
    {
        final SeededHash hashes = new SeededHash(options.hashSeed());
        nodes = new NodeStore(ledger);
        stats = nodes.stats();
        payloads = new PayloadStore(ledger);
        names = new NodeNames(nodes, payloads);
        index = new PathIndex(ledger, nodes, names, hashes);
        families = new FamilyStore(ledger, nodes);
        children = new ChildList(nodes, families);
        owned = new OwnedZnodes(ledger, nodes, options.ownerKinds());
        acls = new AclTable(ledger, hashes);
        digest = new TreeDigest(options.keepsDigest(), nodes, names, payloads, owned);
        walk = new TreeWalk(nodes);
        parents = new ParentStats(stats, digest);
    }

    /** Forgets every znode, the root too, and frees all memory. */
    void clear()
    {
        nodes.slab().clear();
        payloads.clear();
        index.clear();
        families.clear();
        owned.clear();
        acls.clear();
        digest.clear();
        births.clear();
        dataSize = ROOT_ALIAS_LENGTH;
    }
}
