/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * Decides which watch events the client of a connection may be sent. It must have the permission to read the znode, or
 * for a change of children their parent, when its server applies the transaction. Nobody knows how much a server has
 * applied when it takes new credentials, except by what it says before and afterwards.
 */
final class EventAccess
{
    private final ModelTree tree;
    private Identities proven;

    /** Proven when the server last showed how much it has applied. */
    private Identities provenBefore;

    EventAccess(final ModelTree tree, final Identities identities)
    {
        this.tree = tree;
        proven = identities;
        provenBefore = identities;
    }

    /** The server said that it has taken credentials. */
    void onAuthenticated(final Identities identities)
    {
        proven = identities;
    }

    /** The server showed how much it has applied. Whatever it applies later, it applies with the present identities. */
    void onShown()
    {
        provenBefore = proven;
    }

    /** Whether the client may be sent an event. */
    boolean isPermitted(final Txn txn, final int part, final WatchEvent event)
    {
        return isReadable(txn, part, event, proven);
    }

    /** Whether the client must be sent an event that is permitted, whenever its server has taken its credentials. */
    boolean isCertain(final Txn txn, final int part, final WatchEvent event)
    {
        return isReadable(txn, part, event, provenBefore);
    }

    private boolean isReadable(final Txn txn, final int part, final WatchEvent event, final Identities who)
    {
        final boolean isOfParent = event.type() == WatchEvent.CHILDREN_CHANGED;
        final String path = event.path();

        return aclAt(txn, isOfParent || part < 0 ? part : part + ahead(txn, part), path).permits(Acl.READ, who);
    }

    /** A znode that is created has its list when the event is fired. */
    private static int ahead(final Txn txn, final int part)
    {
        return txn.parts().get(part).change() == Txn.Change.CREATE ? 1 : 0;
    }

    /** The list of a znode when the parts before one were applied. */
    private Acl aclAt(final Txn txn, final int part, final String path)
    {
        for (int i = part - 1; i >= 0; i--)
        {
            final Txn.Part earlier = txn.parts().get(i);
            if (earlier.change() == Txn.Change.CREATE && earlier.path().equals(path))
            {
                return earlier.acl();
            }
        }

        return tree.at(path, txn.zxid() - 1).acl();
    }
}
