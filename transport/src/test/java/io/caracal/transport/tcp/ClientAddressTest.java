/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientAddressTest
{
    private static final int CLIENTS = 1000;
    private static final long SEED = 0x1234_5678_9ABC_DEF1L;

    /** Addresses of one network, 2001::/64, of which the last two parts have the same sum. */
    private static List<InetAddress> alike() throws UnknownHostException
    {
        final List<InetAddress> addresses = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++)
        {
            addresses.add(InetAddress.getByAddress(ByteBuffer.allocate(4 * Integer.BYTES).putInt(0x2001_0000).putInt(0)
                .putInt(i).putInt(-i).array()));
        }

        return addresses;
    }

    private static Stream<ClientAddress> keys(final List<InetAddress> addresses, final long seed)
    {
        return addresses.stream().map(address -> new ClientAddress(address, seed));
    }

    @Test
    void shouldTellAddressesApartThatJavaDoesNot() throws UnknownHostException
    {
        final List<InetAddress> addresses = alike();
        assertTrue(addresses.stream().mapToInt(InetAddress::hashCode).distinct().count() < 10);

        assertTrue(keys(addresses, SEED).mapToInt(ClientAddress::hashCode).distinct().count() > CLIENTS - 10);
        assertEquals(CLIENTS, keys(addresses, SEED).distinct().count());
    }

    @Test
    void shouldDependOnTheSeed() throws UnknownHostException
    {
        final List<InetAddress> addresses = alike();

        assertNotEquals(keys(addresses, SEED).map(ClientAddress::hashCode).toList(), keys(addresses, SEED + 1)
            .map(ClientAddress::hashCode).toList());
    }

    @Test
    void shouldBeTheSameForTheSameAddress() throws UnknownHostException
    {
        final byte[] loopback = { 127, 0, 0, 1 };
        final ClientAddress one = new ClientAddress(InetAddress.getByAddress(loopback), SEED);
        final ClientAddress other = new ClientAddress(InetAddress.getByAddress("localhost", loopback), SEED);

        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
    }
}
