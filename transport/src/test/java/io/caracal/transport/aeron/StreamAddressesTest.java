/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamAddressesTest
{
    private static final byte[] ANNOUNCED = { 10, 0, 0, 1 };
    private static final byte[] REMOTE = { 10, 0, 0, 2 };
    private static final byte[] NOTHING = {};
    private static final String CONFIGURED = "10.0.0.3";
    private static final int UDP_PORT = 4711;

    private final NameResolver resolver = new NameResolver(Thread::new, () ->
    {
    });
    private final NameLookup lookup = new NameLookup(CONFIGURED, resolver);
    private final StreamAddresses addresses = new StreamAddresses(lookup, false);

    @AfterEach
    void close()
    {
        resolver.close();
    }

    @Test
    void shouldSendWhereTheOtherServerSaysItReceives()
    {
        assertEquals(at("10.0.0.1"), addresses.next(hello(ANNOUNCED), remote()));
    }

    @Test
    void shouldSendWhereTheOtherServerSpeaksFromIfItDoesNotSay()
    {
        assertEquals(at("10.0.0.2"), addresses.next(hello(NOTHING), remote()));
    }

    @Test
    void shouldTryTheNextAddressWhileStreamsDoNotArrive()
    {
        assertEquals(at("10.0.0.1"), addresses.next(hello(ANNOUNCED), remote()));
        addresses.onUnproven();
        assertEquals(at("10.0.0.2"), addresses.next(hello(ANNOUNCED), remote()));
        addresses.onUnproven();
        assertEquals(at(CONFIGURED), addresses.next(hello(ANNOUNCED), remote()));
        addresses.onUnproven();
        assertEquals(at("10.0.0.1"), addresses.next(hello(ANNOUNCED), remote()));
        addresses.onUnproven();
        addresses.onProven();
        assertEquals(at("10.0.0.1"), addresses.next(hello(ANNOUNCED), remote()));
    }

    @Test
    void shouldTryAllAddressesOfAName()
    {
        final NameLookup twofold = new NameLookup(CONFIGURED, resolver, host -> new InetAddress[]{
            InetAddress.getByName(CONFIGURED), InetAddress.getByName("10.0.0.4") });
        twofold.request();
        final StreamAddresses ofName = new StreamAddresses(twofold, true);
        ofName.onUnproven();
        assertEquals(at(CONFIGURED), ofName.next(hello(REMOTE), remote()));
        ofName.onUnproven();
        assertEquals(at("10.0.0.4"), ofName.next(hello(REMOTE), remote()));
    }

    @Test
    void shouldNotTryOneAddressTwice()
    {
        addresses.onUnproven();
        assertEquals(at("10.0.0.2"), addresses.next(hello(REMOTE), remote()));
        assertEquals(at(CONFIGURED), addresses.next(hello(REMOTE), remote()));
    }

    @Test
    void shouldLeaveTheLookingUpToWhoDials()
    {
        final StreamAddresses ofDialer = new StreamAddresses(lookup, true);
        ofDialer.onUnproven();
        assertEquals(at("10.0.0.2"), ofDialer.next(hello(REMOTE), remote()));
        assertEquals(at("10.0.0.2"), ofDialer.next(hello(REMOTE), remote()));
    }

    @Test
    void shouldHaveNoAddressOfWhoIsGone()
    {
        assertNull(addresses.next(hello(NOTHING), null));
    }

    @Test
    void shouldNotTakeAnAddressOfImpossibleLength()
    {
        assertThrows(IllegalArgumentException.class, () -> addresses.next(hello(new byte[]{ 1, 2, 3 }), remote()));
    }

    private static InetSocketAddress at(final String address)
    {
        return new InetSocketAddress(address, UDP_PORT);
    }

    private static InetSocketAddress remote()
    {
        try
        {
            return new InetSocketAddress(InetAddress.getByAddress(REMOTE), 1);
        }
        catch (final UnknownHostException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static LinkHello hello(final byte[] udpAddress)
    {
        return new LinkHello(1, 2, 3, 4, 5, 6, new SessionIds(new int[3], new int[3]), udpAddress, UDP_PORT, 1408,
            new long[]{ 1, 2 });
    }
}
