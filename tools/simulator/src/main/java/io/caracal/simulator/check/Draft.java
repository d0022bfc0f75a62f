/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.TreeMap;

/** The state that a part of a multi meets: that before the multi, with the effects of the parts before it. */
final class Draft
{
    private final ModelTree tree;
    private final TreeMap<String, Znode> changed = new TreeMap<>();
    private long zxid;

    Draft(final ModelTree tree)
    {
        this.tree = tree;
    }

    /** Begins with the state right before a transaction. */
    void before(final long txnZxid)
    {
        zxid = txnZxid;
        changed.clear();
    }

    /** A znode; null when it does not exist. */
    Znode at(final String path)
    {
        return changed.containsKey(path) ? changed.get(path) : tree.at(path, zxid - 1);
    }

    /** Adds the effect of a part that fits the state. */
    void add(final Txn.Part part)
    {
        final String path = part.path();
        final String parent = ModelTree.parentOf(path);

        switch (part.change())
        {
            case CREATE -> {
                changed.put(parent, at(parent).withChild(zxid, part.version()));
                changed.put(path, Znode.born(zxid, 0, part.owner(), part.data(), part.acl()));
            }
            case DELETE -> {
                changed.put(parent, at(parent).withoutChild(zxid));
                changed.put(path, null);
            }
            case SET_DATA -> changed.put(path, at(path).withData(zxid, 0, part.version(), part.data()));
            case SET_ACL -> changed.put(path, at(path).withAcl(part.version(), part.acl()));
            case CHECK -> {
                // Has no effect.
            }
        }
    }
}
