/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The address of a client, as the key of a hash table. An {@link InetAddress} of IPv6 has the sum of its parts for a
 * hash, so one client with a network of its own could connect from any number of addresses with the same one. This hash
 * cannot be foreseen.
 */
final class ClientAddress
{
    private static final int LENGTH = 2 * Long.BYTES;

    private final InetAddress address;
    private final int hash;

    /** Creates a key. The seed is the same for all keys of a table, and nobody else knows it. */
    ClientAddress(final InetAddress address, final long seed)
    {
        this.address = address;
        this.hash = hash(address.getAddress(), seed);
    }

    private static int hash(final byte[] bytes, final long seed)
    {
        final ByteBuffer words = ByteBuffer.allocate(LENGTH).put(bytes);
        final long left = words.getLong(0) ^ seed;
        final long right = words.getLong(Long.BYTES) ^ Long.rotateLeft(seed, Integer.SIZE);
        final long product = left * right ^ Math.multiplyHigh(left, right);

        return (int)(product ^ product >>> Integer.SIZE);
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof final ClientAddress that && address.equals(that.address);
    }

    @Override
    public int hashCode()
    {
        return hash;
    }
}
