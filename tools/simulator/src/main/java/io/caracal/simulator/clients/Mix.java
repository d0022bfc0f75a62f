/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Identities;
import java.util.Collection;
import java.util.List;

/** What random clients ask for. */
public enum Mix
{
    /** A bit of everything: {@link OperationMix}. */
    COMMON
    {
        @Override
        public Wishes of(final long seed, final int clientId)
        {
            return new OperationMix(seed, clientId);
        }
    },
    /** A bit of everything, with data of all lengths: {@link BulkyMix}. */
    BULKY
    {
        @Override
        public Wishes of(final long seed, final int clientId)
        {
            return new BulkyMix(seed, new OperationMix(seed, clientId));
        }
    },
    /** Containers and TTL znodes: {@link TendedMix}. */
    TENDED
    {
        @Override
        public Wishes of(final long seed, final int clientId)
        {
            return new TendedMix(seed, clientId);
        }
    },
    /** Quotas, and znodes that count towards them: {@link RationedMix}. */
    RATIONED
    {
        @Override
        public Wishes of(final long seed, final int clientId)
        {
            return new RationedMix(seed, clientId);
        }
    },
    /** Access control lists: {@link GuardedMix}. */
    GUARDED
    {
        @Override
        public Wishes of(final long seed, final int clientId)
        {
            return new GuardedMix(seed, clientId);
        }

        @Override
        public TreeWalk walk(final int clientId, final Collection<String> paths)
        {
            return new TreeWalk(clientId, paths, List.of(Identities.SUPER_CREDENTIALS));
        }
    };

    /**
     * Creates the wishes of one client.
     *
     * @param seed     of its choices.
     * @param clientId of the client.
     * @return new.
     */
    public abstract Wishes of(long seed, int clientId);

    /**
     * Creates the wishes of a client that reads everything that a server has.
     *
     * @param clientId of the client.
     * @param paths    of all znodes.
     * @return new.
     */
    public TreeWalk walk(final int clientId, final Collection<String> paths)
    {
        return new TreeWalk(clientId, paths);
    }
}
