/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.function.Function;

/**
 * Decides by the access control lists of the model which requests must be refused. A refusal comes before everything
 * else that may be wrong with a request, except that the znode whose list counts does not exist.
 */
final class AccessRules
{
    private AccessRules()
    {
    }

    /**
     * The error by which a request must be refused.
     *
     * @param operation request of a client, or a part of one.
     * @param state     finds the znode of a path in the state that the request meets; null when it does not exist.
     * @return 0 if it may do what it wants, or if the znode does not exist whose list counts.
     */
    static int refusalOf(final Operation operation, final Function<String, Znode> state)
    {
        if (operation.acl != null && operation.acl.storedFor(operation.who) == null)
        {
            return Operation.INVALID_ACL;
        }

        final boolean isOfParent = operation.kind == Operation.Kind.CREATE || operation.kind == Operation.Kind.DELETE;
        final Znode znode = state.apply(isOfParent ? ModelTree.parentOf(operation.path) : operation.path);

        return znode == null || znode.acl().permits(wantedBy(operation), operation.who) ? 0 : Operation.NO_AUTH;
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

    /** The list that a znode has if a request to create it or to set its list succeeds. */
    static Acl storedBy(final Operation operation)
    {
        return operation.acl == null ? Acl.OPEN : operation.acl.storedFor(operation.who);
    }
}
