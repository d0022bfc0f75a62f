/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Identities;
import java.util.Collection;
import java.util.List;

/** What random clients ask for. */
@SuppressWarnings("ImmutableEnumChecker") // sources hold nothing, and lists are copies
public enum Mix
{
    /** A bit of everything. */
    COMMON(OperationMix::new),
    /** A bit of everything, with data of all lengths. */
    BULKY((seed, clientId) -> new BulkyMix(seed, new OperationMix(seed, clientId))),
    /** A bit of everything, and watches that are removed. */
    WATCHFUL((seed, clientId) -> new WatchfulMix(seed, new OperationMix(seed, clientId))),
    /** Containers and TTL znodes. */
    TENDED(TendedMix::new),
    /** Quotas, and znodes that count towards them. */
    RATIONED(RationedMix::new),
    /** Access control lists. Who reads everything in the end is super. */
    GUARDED(GuardedMix::new, Identities.SUPER_CREDENTIALS);

    private final Source source;
    private final List<String> credentials;

    /** Makes the wishes of one client. */
    private interface Source
    {
        Wishes of(long seed, int clientId);
    }

    Mix(final Source source, final String... credentials)
    {
        this.source = source;
        this.credentials = List.of(credentials);
    }

    /**
     * Creates the wishes of one client.
     *
     * @param seed     of its choices.
     * @param clientId of the client.
     * @return new.
     */
    public Wishes of(final long seed, final int clientId)
    {
        return source.of(seed, clientId);
    }

    /**
     * Creates the wishes of a client that reads everything that a server has.
     *
     * @param clientId of the client.
     * @param paths    of all znodes.
     * @return new.
     */
    public TreeWalk walk(final int clientId, final Collection<String> paths)
    {
        return new TreeWalk(clientId, paths, credentials);
    }
}
