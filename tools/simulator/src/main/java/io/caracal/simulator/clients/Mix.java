/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

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
    };

    /**
     * Creates the wishes of one client.
     *
     * @param seed     of its choices.
     * @param clientId of the client.
     * @return new.
     */
    public abstract Wishes of(long seed, int clientId);
}
