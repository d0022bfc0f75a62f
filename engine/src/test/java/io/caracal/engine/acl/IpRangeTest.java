/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest
{
    private final IpRange range = new IpRange();

    @ParameterizedTest
    @CsvSource({ "10.1.2.3,10.1.2.3", "10.1.2.3/32,10.1.2.3", "10.0.0.0/8,10.1.2.3", "0.0.0.0/0,10.1.2.3", "::1,::1",
        "::/0,::1", "fe80::/10,fe80::1", "::ffff:10.1.2.3,10.1.2.3", "::ffff:a01:203/128,10.1.2.3",
        "::ffff:10.0.0.0/104,10.1.2.3", "::ffff:0:0/96,10.1.2.3", "::ffff:0:0/95,::fffe:1:1" })
    void shouldHoldAnAddress(final String text, final String address)
    {
        assertTrue(parse(text), text);
        assertTrue(isInside(address), text);
    }

    @ParameterizedTest
    @CsvSource({ "10.1.2.3,10.1.2.4", "10.0.0.0/8,11.1.2.3", "::1,::2", "::/0,10.1.2.3", "0.0.0.0/0,::1",
        "::ffff:a01:203/128,10.1.2.4", "::ffff:10.0.0.0/104,11.1.2.3", "::ffff:0:0/96,::1", "::ffff:0:0/95,10.1.2.3",
        "::ffff:0:0/95,::fffd:1:1" })
    void shouldNotHoldAnother(final String text, final String address)
    {
        assertTrue(parse(text), text);
        assertFalse(isInside(address), text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/", "/8", "10.1.2.3/", "10.1.2.3/33", "10.1.2.3/-1", "10.1.2.3/x", "::1/129",
        "::ffff:0:0/129", "::ffff:0:0/", "::ffff:0:0/-1", "10.1.2.3/8/8" })
    void shouldRefuseAllElse(final String text)
    {
        assertFalse(parse(text), text);
        assertFalse(isInside("10.1.2.3"), text);
        assertFalse(isInside("::1"), text);
    }

    private boolean parse(final String text)
    {
        final UnsafeBuffer source = new UnsafeBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
        return range.parse(source, 0, source.capacity());
    }

    private boolean isInside(final String address)
    {
        final byte[] bytes = IpAddressTest.parse(address);
        assertEquals(address.indexOf(':') < 0 ? IpAddress.V4_LENGTH : IpAddress.V6_LENGTH, bytes.length);
        return range.contains(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
