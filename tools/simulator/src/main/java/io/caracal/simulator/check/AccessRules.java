/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.HashMap;
import java.util.Map;

/**
 * Decides by the access control lists of the model which requests must be refused. A refusal comes before everything
 * else that may be wrong with a request, except that the znode whose list counts does not exist.
 */
final class AccessRules
{
    private final ModelTree tree;

    /** Lists that the parts of a multi seen so far have changed. Null where a znode is gone. */
    private final Map<String, Acl> overlay = new HashMap<>();

    AccessRules(final ModelTree tree)
    {
        this.tree = tree;
    }

    /**
     * The error by which a request must be refused.
     *
     * @param operation request of a client, or a part of one.
     * @param before    zxid of the state that counts. Parts of a multi that were seen since the last {@link #begin}
     *                  have changed it.
     * @return 0 if it may do what it wants, or if the znode does not exist whose list counts.
     */
    int refusalOf(final Operation operation, final long before)
    {
        if (operation.acl != null && operation.acl.storedFor(operation.who) == null)
        {
            return Operation.INVALID_ACL;
        }

        final boolean isOfParent = operation.kind == Operation.Kind.CREATE || operation.kind == Operation.Kind.DELETE;
        final Acl acl = at(isOfParent ? ModelTree.parentOf(operation.path) : operation.path, before);

        return acl == null || acl.permits(wantedBy(operation), operation.who) ? 0 : Operation.NO_AUTH;
    }

    private Acl at(final String path, final long zxid)
    {
        final Znode znode = tree.at(path, zxid);

        return overlay.containsKey(path) ? overlay.get(path) : znode == null ? null : znode.acl();
    }

    private static int wantedBy(final Operation operation)
    {
        return switch (operation.kind)
        {
            case CREATE -> Acl.CREATE;
            case DELETE -> Acl.DELETE;
            case SET_DATA -> Acl.WRITE;
            case SET_ACL -> Acl.ADMIN;
            case GET_ACL -> Acl.READ | Acl.ADMIN;
            default -> Acl.READ;
        };
    }

    /** Forgets the parts that were seen. */
    void begin()
    {
        overlay.clear();
    }

    /** A part of a multi is judged that succeeds, if all of the later ones do. */
    void onPart(final Operation part)
    {
        if (part.kind == Operation.Kind.CREATE)
        {
            overlay.put(part.path, storedBy(part));
        }
        else if (part.kind == Operation.Kind.DELETE)
        {
            overlay.put(part.path, null);
        }
    }

    /** The list that a znode has if a request to create it or to set its list succeeds. */
    static Acl storedBy(final Operation operation)
    {
        return operation.acl == null ? Acl.OPEN : operation.acl.storedFor(operation.who);
    }
}
